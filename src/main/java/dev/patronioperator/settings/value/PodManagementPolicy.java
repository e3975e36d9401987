package dev.patronioperator.settings.value;

/** How a StatefulSet starts and stops its pods. */
public enum PodManagementPolicy {
    /** One after another. */
    ORDERED_READY,
    /** All at once. */
    PARALLEL
}
