package dev.patronioperator.controller.planning;

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
