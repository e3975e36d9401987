package dev.patronioperator.cluster.planning;

import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.Held;

/**
 * How much of what differs is left as it is because the cluster was another operator's. On first sight that is everything that would
 * disturb somebody; later it is what was left then and nothing else, so that edits are carried out as ever.
 *
 * @param isFirstSight whether the cluster runs and has never been planned for
 * @param held what was left on first sight and is still to be left
 */
public record Adoption(boolean isFirstSight, Held held) {

    /** The cluster is ours, or what was left is approved. */
    public static final Adoption NONE = new Adoption(false, Held.NOTHING);

    public static final Adoption FIRST_SIGHT = new Adoption(true, Held.NOTHING);

    boolean isNone() {
        return !isFirstSight && held.isEmpty();
    }

    boolean leaves(FieldDifference difference) {
        return isFirstSight || held.contains(difference);
    }

    boolean leaves(String other) {
        return isFirstSight || held.contains(other);
    }
}
