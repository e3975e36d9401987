package dev.patronioperator.observability;

/** The meters of the operator; {@code docs/reference/metrics.md} is made from these. */
public enum Meters {
    RECONCILES(
            "patroni_operator.reconciles",
            "timer",
            "outcome: settled, acted, pending, failed, refused",
            "Looks at a cluster, by what they came to, and how long they took."),
    PLAN_IMPACT(
            "patroni_operator.plans",
            "counter",
            "impact: NONE to FORBIDDEN",
            "Plans that were made and not empty, by their impact."),
    CLUSTERS("patroni_operator.clusters", "gauge", "state: as PostgresClusterStatus", "Clusters by state."),
    PENDING_AGE(
            "patroni_operator.pending.age.seconds",
            "gauge",
            "",
            "For how long the cluster that has waited longest has been waiting; 0 if none waits."),
    PATRONI_CALLS(
            "patroni_operator.patroni.calls",
            "timer",
            "call; outcome: reached, refused, unreachable, unclear",
            "Calls to Patroni's REST API.");

    private final String meter;
    private final String type;
    private final String labels;
    private final String meaning;

    Meters(String meter, String type, String labels, String meaning) {
        this.meter = meter;
        this.type = type;
        this.labels = labels;
        this.meaning = meaning;
    }

    public String meter() {
        return meter;
    }

    public String type() {
        return type;
    }

    public String labels() {
        return labels;
    }

    public String meaning() {
        return meaning;
    }
}
