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
            "Calls to Patroni's REST API, by how they ended, and how long they took."),
    READY_AFTER(
            "patroni_operator.ready.after.seconds",
            "gauge",
            "",
            "Time from the start of the process until the controllers ran with their caches filled; 0 until then."),
    RESIDENT_MEMORY(
            "patroni_operator.resident.memory.bytes", "gauge", "", "Memory of the process that is in RAM; Linux only."),
    BUILD("patroni_operator.build", "gauge", "version", "Always 1; the label tells which version runs.");

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

    /** The name as Micrometer knows it. */
    public String meter() {
        return meter;
    }

    /** The name as Prometheus shows it; a timer is a summary with {@code _count}, {@code _sum} and {@code _max} beside it. */
    public String exposed() {
        var name = meter.replace('.', '_');
        return switch (type) {
            case "timer" -> name + "_seconds";
            case "counter" -> name + "_total";
            default -> name;
        };
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
