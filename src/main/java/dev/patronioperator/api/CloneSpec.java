package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** {@code spec.clone}: where a new cluster gets its first data from. Read only while the cluster is created. */
@ManifestPart
@ValidationRule(
        value =
                "has(self.timestamp) || (size(self.cluster) <= 63 && self.cluster.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$'))",
        message =
                "without a timestamp cluster is the name of a running cluster: a-z, 0-9 and -, starting with a letter, at most 63 "
                        + "characters",
        fieldPath = ".cluster")
// spotless:off
public record CloneSpec(
        @Required @Size(max = 253)
        @JsonPropertyDescription("Name of the cluster to copy, in the same namespace unless its archive is given.")
        String cluster,

        @JsonPropertyDescription("UID of the source cluster, part of the path of its archive. Needed once the "
                + "source is gone.")
        String uid,

        @Pattern(Formats.TIMESTAMP)
        @JsonPropertyDescription("Restore from the archive up to this time: RFC 3339 with a numeric offset, such "
                + "as 2026-03-01T12:00:00+00:00. A copy of the running cluster is made when absent.")
        String timestamp,

        @JsonProperty("s3_wal_path")
        @JsonPropertyDescription("Archive of the source, such as s3://bucket/spilo/source/uid/wal; found by "
                + "cluster and uid when absent.")
        String s3WalPath,

        @JsonProperty("s3_endpoint")
        @JsonPropertyDescription("URL of an S3-compatible service. AWS when absent.")
        String s3Endpoint,

        @JsonProperty("s3_access_key_id")
        @JsonPropertyDescription("Access key of the archive. Everybody who reads the manifest sees it: an IAM role "
                + "or env with a Secret is better.")
        String s3AccessKeyId,

        @JsonProperty("s3_secret_access_key")
        @JsonPropertyDescription("Secret key of the archive. Everybody who reads the manifest sees it: an IAM role "
                + "or env with a Secret is better.")
        String s3SecretAccessKey,

        @JsonProperty("s3_force_path_style")
        @JsonPropertyDescription("True: the bucket is part of the path instead of the host name. Default false.")
        Boolean s3ForcePathStyle) {
    // spotless:on

    /** Without the keys of the archive: a record prints all it holds, and this one may end up in a log. */
    @Override
    public String toString() {
        return "CloneSpec[cluster=" + cluster + ", uid=" + uid + ", timestamp=" + timestamp + ", s3WalPath=" + s3WalPath
                + "]";
    }
}
