package dev.patronioperator.cluster.status;

import java.util.Arrays;
import java.util.Optional;

import dev.patronioperator.controller.AcceptedManifest;

/** The types of conditions of a cluster; each answers one question that somebody on call asks. */
public enum ClusterCondition {
    /** Can I write? True only with a primary that takes writes. */
    READY("Ready"),
    /** Is something going on? The reason is the phase. */
    PROGRESSING("Progressing"),
    /** Was my last edit taken? If not, all problems are listed and the last accepted manifest stays in force. */
    SPEC_ACCEPTED(AcceptedManifest.CONDITION),
    /** Must I do something? */
    DEGRADED("Degraded"),
    /** Does my manifest use fields that have a successor? Only there while it does. */
    DEPRECATED_FIELDS("DeprecatedFields"),
    /** Does everybody in the teams have a role, and nobody else? Only where teams are looked at. */
    TEAM_MEMBERS_KNOWN("TeamMembersKnown");

    private final String type;

    ClusterCondition(String type) {
        this.type = type;
    }

    public String type() {
        return type;
    }

    /** The condition of that type; empty if it is one that another controller answers. */
    public static Optional<ClusterCondition> of(String type) {
        return Arrays.stream(values())
                .filter(condition -> condition.type.equals(type))
                .findFirst();
    }
}
