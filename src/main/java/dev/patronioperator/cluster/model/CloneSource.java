package dev.patronioperator.cluster.model;

import java.util.List;
import java.util.Optional;

import dev.patronioperator.api.CloneSpec;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;

/** Another cluster whose data the new one starts with. */
public sealed interface CloneSource {

    /** Where the configuration may have archives. */
    List<Parameter<Optional<String>>> ARCHIVES = List.of(
            CloudParameters.WAL_S3_BUCKET, CloudParameters.WAL_GS_BUCKET, CloudParameters.WAL_AZ_STORAGE_ACCOUNT);

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

    /** What is to be said of a source whose archive neither manifest nor configuration names: only the pods' environment can. */
    default Optional<Adjustment> adjustment(Settings settings) {
        return this instanceof Archive archive
                        && archive.path().isEmpty()
                        && ARCHIVES.stream()
                                .allMatch(store -> settings.get(store).isEmpty())
                ? Optional.of(new Adjustment(
                        "spec.clone",
                        "the archive of " + cluster(),
                        "the one that the environment of the pods names, if it does",
                        "s3_wal_path, wal_s3_bucket, wal_gs_bucket and wal_az_storage_account are not set"))
                : Optional.empty();
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
