package dev.patronioperator.kubernetes.naming;

/** The role of a member, and of the Service, pooler or budget that stands for the members of that role. */
public enum MemberRole {
    PRIMARY("master", ""),
    REPLICA("replica", "-repl");

    private final String labelValue;
    private final String suffix;

    MemberRole(String labelValue, String suffix) {
        this.labelValue = labelValue;
        this.suffix = suffix;
    }

    /** The value of the role label. Spilo tells Patroni to write {@code master} for a leader, so selectors have to say it too. */
    public String labelValue() {
        return labelValue;
    }

    /** What the names of objects for this role end in. */
    String suffix() {
        return suffix;
    }
}
