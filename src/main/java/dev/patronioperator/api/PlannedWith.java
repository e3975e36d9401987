package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What else than the manifest the last plan was made from; tells a changed configuration and a new operator from drift. */
@ManifestPart
public record PlannedWith(
        @JsonPropertyDescription("Fingerprint of the operator's configuration.") String configuration,
        @JsonPropertyDescription("Version of the operator.") String operatorVersion,
        @JsonPropertyDescription("The Pod template that all Pods were last made from.") RolledOut rolledOut) {

    /** Where no pods have been made yet. */
    public PlannedWith(String configuration, String operatorVersion) {
        this(configuration, operatorVersion, null);
    }

    public PlannedWith with(RolledOut rolledOut) {
        return new PlannedWith(configuration, operatorVersion, rolledOut);
    }
}
