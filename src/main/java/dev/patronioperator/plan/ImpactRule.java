package dev.patronioperator.plan;

/**
 * What it costs to change a field of a running cluster's manifest.
 *
 * <p>{@link Impact#RECREATE} stands for all database pods, one after the other; where there is more than one, the primary moves by a
 * switchover before its pod is taken.
 *
 * @param field path from the root of the manifest, without indexes; it speaks for everything below it that has no rule of its own
 * @param least what every change costs
 * @param most what a change may cost, depending on the value; the same as {@code least} where it does not depend
 * @param why what happens, in one line
 */
public record ImpactRule(String field, Impact least, Impact most, String why) {

    public ImpactRule {
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException(field + ": " + least + " is more than " + most);
        }
    }

    /** Whether the change costs the same whatever the value is. */
    public boolean isCertain() {
        return least == most;
    }

    /** The impact as people read it: {@code RECREATE}, or {@code RELOAD to RESTART}. */
    public String impact() {
        return isCertain() ? least.name() : least + " to " + most;
    }
}
