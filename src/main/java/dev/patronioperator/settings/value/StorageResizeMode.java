package dev.patronioperator.settings.value;

/** How volumes grow. */
public enum StorageResizeMode {
    /** By the PersistentVolumeClaim; the storage driver does the rest. */
    PVC,
    /** By EBS calls and a resize in the pod. */
    EBS,
    /** By the claim, and by EBS calls for throughput and IOPS. */
    MIXED,
    /** Not at all. */
    OFF
}
