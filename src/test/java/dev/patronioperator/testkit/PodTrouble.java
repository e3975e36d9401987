package dev.patronioperator.testkit;

/** What a {@link FakeCluster} can make of a pod instead of running it. */
public enum PodTrouble {
    /** No node takes it; the real scheduler says why. */
    UNSCHEDULABLE,
    /** Its image cannot be pulled, as the kubelet reports it. */
    IMAGE_CANNOT_BE_PULLED,
    /** It runs, but Patroni does not come up: no status annotation, never ready. */
    NEVER_READY,
    /** PostgreSQL does not start in it, as Patroni reports it. */
    START_FAILED
}
