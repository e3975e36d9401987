package dev.patronioperator.cli.output;

/** The forms in which {@code plan} prints. */
public enum PlanOutput {
    /** For people. */
    text,
    /** For programs; the same tree as {@link #yaml}. */
    json,
    /** For programs and people. */
    yaml,
    /** The objects that the manifests ask for, as YAML that {@code kubectl} takes; Secrets without their passwords. */
    objects
}
