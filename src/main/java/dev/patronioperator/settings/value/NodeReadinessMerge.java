package dev.patronioperator.settings.value;

/** How the node readiness label joins a node affinity of the manifest. */
public enum NodeReadinessMerge {
    /** A node must satisfy both. */
    AND,
    /** A node must satisfy one of them. */
    OR
}
