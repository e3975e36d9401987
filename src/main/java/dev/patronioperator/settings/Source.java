package dev.patronioperator.settings;

/** Where the configuration comes from. Exactly one source is used; they are never merged. */
public enum Source {
    /** A ConfigMap: flat keys, all values texts. The operator's oldest form. */
    CONFIG_MAP("ConfigMap"),
    /** An {@code OperatorConfiguration} custom resource: typed values in groups. */
    RESOURCE("OperatorConfiguration");

    private final String kind;

    Source(String kind) {
        this.kind = kind;
    }

    /** Kind of the Kubernetes object that holds the configuration. */
    public String kind() {
        return kind;
    }
}
