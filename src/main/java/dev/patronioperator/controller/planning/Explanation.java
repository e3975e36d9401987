package dev.patronioperator.controller.planning;

import java.util.Optional;

import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.plan.Reason;

/**
 * Where a difference between wanted and observed comes from. The operator knows what it last planned with; if none of its inputs has
 * changed since, somebody else changed the object.
 *
 * @param newManifest the manifest's generation has not been planned before
 * @param newConfiguration the operator's configuration is another than at the last plan
 * @param newOperator the operator's version is another than at the last plan
 */
public record Explanation(boolean newManifest, boolean newConfiguration, boolean newOperator) {

    /** Nothing is known of what the objects were made from, but that it was not by this operator. */
    public static final Explanation NEW_OPERATOR = new Explanation(false, false, true);

    /** Nothing was planned before. */
    public static final Explanation NEW_MANIFEST = new Explanation(true, false, false);

    /**
     * What has changed since the last plan.
     *
     * @param newManifest whether the manifest has
     * @param before what was planned with, if anything was
     */
    public static Explanation since(boolean newManifest, Optional<PlannedWith> before, PlannedWith now) {
        return before.map(then -> new Explanation(
                        newManifest,
                        !now.configuration().equals(then.configuration()),
                        !now.operatorVersion().equals(then.operatorVersion())))
                .orElse(NEW_MANIFEST);
    }

    /** The input that changed, the one closest to the user first. */
    public Reason.Code code() {
        if (newManifest) {
            return Reason.Code.MANIFEST;
        }
        if (newConfiguration) {
            return Reason.Code.CONFIGURATION;
        }
        return newOperator ? Reason.Code.OPERATOR_VERSION : Reason.Code.DRIFT;
    }
}
