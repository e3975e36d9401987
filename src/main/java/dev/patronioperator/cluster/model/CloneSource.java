package dev.patronioperator.cluster.model;

import java.util.Optional;

import dev.patronioperator.api.CloneSpec;
import dev.patronioperator.manifest.Given;

/** Another cluster whose data the new one starts with. */
public sealed interface CloneSource {

    /** The source's name. */
    String cluster();

    /** A copy of the source as it runs, in the same namespace. */
    record Running(String cluster) implements CloneSource {}

    /**
     * The source's archive, up to a moment.
     *
     * @param uid of the source's manifest, part of the archive's path
     * @param until RFC 3339
     * @param path the archive, where it is not the configured one
     */
    record Archive(String cluster, Optional<String> uid, String until, Optional<String> path, S3 s3)
            implements CloneSource {}

    /** How the archive is reached; empty values leave it to the pod's environment. */
    record S3(
            Optional<String> endpoint,
            Optional<String> accessKeyId,
            Optional<String> secretAccessKey,
            Optional<Boolean> forcePathStyle) {

        /** Without the keys: a record prints all it holds. */
        @Override
        public String toString() {
            return "S3[endpoint=" + endpoint + ", forcePathStyle=" + forcePathStyle + "]";
        }
    }

    static Optional<CloneSource> of(CloneSpec spec) {
        if (spec == null) {
            return Optional.empty();
        }
        return Given.text(spec.cluster()).map(cluster -> of(cluster, spec));
    }

    private static CloneSource of(String cluster, CloneSpec spec) {
        Optional<CloneSource> archive = Given.text(spec.timestamp())
                .map(until -> new Archive(
                        cluster,
                        Given.text(spec.uid()),
                        until,
                        Given.text(spec.s3WalPath()),
                        new S3(
                                Given.text(spec.s3Endpoint()),
                                Given.text(spec.s3AccessKeyId()),
                                Given.text(spec.s3SecretAccessKey()),
                                Optional.ofNullable(spec.s3ForcePathStyle()))));
        return archive.orElseGet(() -> new Running(cluster));
    }
}
