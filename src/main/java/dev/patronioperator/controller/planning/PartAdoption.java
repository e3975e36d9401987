package dev.patronioperator.controller.planning;

import java.util.Map;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.kubernetes.FieldManagers;

/**
 * How much of what differs is left as it is because the part was another operator's. On first sight that is everything that would replace
 * pods; it is left until an edit of manifest or configuration asks for other pods than were wanted then.
 *
 * @param isFirstSight whether the part was never planned before
 * @param isApproved whether what was left may be mended now
 * @param left fingerprints of the pod templates that were wanted at the last plan and left, by name
 */
public record PartAdoption(boolean isFirstSight, boolean isApproved, Map<String, String> left) {

    /** The part is ours, or nothing of it was left. */
    public static final PartAdoption NONE = new PartAdoption(false, false, Map.of());

    public PartAdoption {
        left = Map.copyOf(left);
    }

    boolean leaves(HasMetadata found, String template, Explanation why) {
        boolean edited = why.newManifest() || why.newConfiguration();
        return FieldManagers.isStillThePeers(found)
                && !isApproved
                && (isFirstSight
                        || !edited
                        || template.equals(left.get(found.getMetadata().getName())));
    }
}
