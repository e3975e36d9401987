package dev.patronioperator.cluster.status;

/** The types of conditions of a cluster; each answers one question that somebody on call asks. */
public enum ClusterCondition {
    /** Can I write? True only with a primary that takes writes. */
    READY("Ready"),
    /** Is something going on? The reason is the phase. */
    PROGRESSING("Progressing"),
    /** Was my last edit taken? If not, all problems are listed and the last accepted manifest stays in force. */
    SPEC_ACCEPTED("SpecAccepted"),
    /** Must I do something? */
    DEGRADED("Degraded");

    private final String type;

    ClusterCondition(String type) {
        this.type = type;
    }

    public String type() {
        return type;
    }
}
