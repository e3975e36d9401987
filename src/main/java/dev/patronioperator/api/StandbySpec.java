package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** {@code spec.standby}: the primary or archive this cluster follows. Removing the section promotes the cluster. */
@ManifestPart
@ValidationRule(
        value = "has(self.s3_wal_path) || has(self.gs_wal_path) || has(self.standby_host)",
        message = "name what to follow: standby_host, s3_wal_path or gs_wal_path")
@ValidationRule(
        value = "!(has(self.s3_wal_path) && has(self.gs_wal_path))",
        message = "s3_wal_path and gs_wal_path exclude each other: a cluster follows one archive")
// spotless:off
public record StandbySpec(
        @JsonProperty("s3_wal_path")
        @JsonPropertyDescription("Archive in S3 to follow, such as s3://bucket/spilo/source/uid/wal/17. Not "
                + "together with gs_wal_path.")
        String s3WalPath,

        @JsonProperty("gs_wal_path")
        @JsonPropertyDescription("Archive in Google Cloud Storage to follow. Not together with s3_wal_path.")
        String gsWalPath,

        @JsonProperty("standby_host")
        @JsonPropertyDescription("Host name or address of the primary to stream from.")
        String standbyHost,

        @JsonProperty("standby_port")
        @JsonPropertyDescription("Port of that primary, as text. Default 5432.")
        String standbyPort,

        @JsonProperty("standby_primary_slot_name")
        @JsonPropertyDescription("Replication slot on that primary; it has to exist there. None when absent.")
        String standbyPrimarySlotName) {}
// spotless:on
