package dev.patronioperator.settings.value;

/** Whether nodes without a pod of the Service take its traffic. */
public enum ExternalTrafficPolicy {
    CLUSTER,
    LOCAL
}
