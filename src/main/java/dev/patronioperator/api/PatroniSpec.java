package dev.patronioperator.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/** {@code spec.patroni}: how Patroni keeps the cluster available. Times are seconds; 0 stands for absent, as Patroni's own default. */
@ManifestPart
// spotless:off
public record PatroniSpec(
        @JsonPropertyDescription("Options of initdb by name, such as encoding or locale. Used once, when the "
                + "cluster is created.")
        Map<String, String> initdb,

        @JsonProperty("pg_hba")
        @JsonPropertyDescription("Lines of pg_hba.conf; they replace all lines the image has. A change "
                + "replaces the Pods one by one.")
        List<String> pgHba,

        @Min(0)
        @JsonPropertyDescription("Seconds until a leader that stopped reporting loses its lock. Default 30.")
        Integer ttl,

        @JsonProperty("loop_wait") @Min(0)
        @JsonPropertyDescription("Seconds Patroni sleeps between two looks at the cluster. Default 10.")
        Integer loopWait,

        @JsonProperty("retry_timeout") @Min(0)
        @JsonPropertyDescription("Seconds Patroni goes on trying when Kubernetes or PostgreSQL does not answer, "
                + "before the leader steps down. Default 10.")
        Integer retryTimeout,

        @JsonProperty("maximum_lag_on_failover") @Min(0)
        @JsonPropertyDescription("Bytes of WAL a replica may miss and still become leader. Default 33554432 (32 "
                + "MiB).")
        Long maximumLagOnFailover,

        @JsonPropertyDescription("Replication slots that Patroni keeps through a failover: by name, with type, and "
                + "for a logical slot database and plugin.")
        Map<String, Map<String, String>> slots,

        @JsonProperty("synchronous_mode")
        @JsonPropertyDescription("True: a transaction is acknowledged when a replica has it too, and only such a "
                + "replica takes over. Default false.")
        Boolean synchronousMode,

        @JsonProperty("synchronous_mode_strict")
        @JsonPropertyDescription("True: writes wait while no synchronous replica is there, instead of going on "
                + "alone. Default false.")
        Boolean synchronousModeStrict,

        @JsonProperty("synchronous_node_count") @Min(0)
        @JsonPropertyDescription("How many replicas are synchronous. Default 1.")
        Integer synchronousNodeCount,

        @JsonProperty("failsafe_mode")
        @JsonPropertyDescription("True: the leader stays leader when the Kubernetes API is away, as long as it "
                + "reaches all members. The operator's enable_patroni_failsafe_mode when absent.")
        Boolean failsafeMode) {}
// spotless:on
