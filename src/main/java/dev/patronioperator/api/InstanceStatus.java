package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One database Pod as Patroni and Kubernetes report it. What could not be read is absent, never a guess. */
@ManifestPart
// spotless:off
public record InstanceStatus(
        @Required
        @JsonPropertyDescription("Name of the Pod.")
        String name,

        @JsonPropertyDescription("Role in Patroni's words: leader, replica, sync_standby, quorum_standby or "
                + "standby_leader; absent while unknown.")
        String role,

        @JsonPropertyDescription("State in Patroni's words, such as running, streaming, starting, stopped or start "
                + "failed; absent while unknown.")
        String state,

        @JsonPropertyDescription("Timeline the instance is on; a replica on an older one than the leader cannot "
                + "take over.")
        Long timeline,

        @JsonPropertyDescription("Bytes of WAL the replica is behind the leader; absent for the leader and while "
                + "unknown.")
        Long lag,

        @JsonPropertyDescription("Revision of the StatefulSet the Pod was made from.")
        String revision,

        @JsonPropertyDescription("True while PostgreSQL runs with values that only a restart changes.")
        Boolean pendingRestart) {}
// spotless:on
