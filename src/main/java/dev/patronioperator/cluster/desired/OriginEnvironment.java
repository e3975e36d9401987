package dev.patronioperator.cluster.desired;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.cluster.model.CloneSource;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.Standby;
import dev.patronioperator.manifest.Variables;
import dev.patronioperator.settings.parameters.CloudParameters;

/** Where the data of a clone or standby comes from. The variables stay for the cluster's life: Spilo reads them when a data directory is empty. */
final class OriginEnvironment {

    private static final String WEB_IDENTITY_TOKEN = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token";

    private final ClusterModel model;
    private final List<EnvVar> variables = new ArrayList<>();

    private OriginEnvironment(ClusterModel model) {
        this.model = model;
    }

    static List<EnvVar> clone(ClusterModel model) {
        var origin = new OriginEnvironment(model);
        model.bootstrap().cloneSource().ifPresent(origin::addClone);
        return origin.variables;
    }

    static List<EnvVar> standby(ClusterModel model) {
        var origin = new OriginEnvironment(model);
        model.bootstrap().standby().ifPresent(origin::addStandby);
        return origin.variables;
    }

    private void addClone(CloneSource source) {
        add("CLONE_SCOPE", source.cluster());
        switch (source) {
            case CloneSource.Running running -> addRunning(running);
            case CloneSource.Archive archive -> addArchive(archive);
        }
        addAwsIdentity("CLONE_");
    }

    private void addRunning(CloneSource.Running source) {
        var credentials = model.credentials();
        add("CLONE_METHOD", "CLONE_WITH_BASEBACKUP");
        add("CLONE_HOST", source.cluster());
        add("CLONE_PORT", "5432");
        add("CLONE_USER", credentials.replication());
        variables.add(credentials.password("CLONE_PASSWORD", source.cluster(), credentials.replication()));
    }

    private void addArchive(CloneSource.Archive source) {
        source.path().ifPresentOrElse(path -> add("CLONE_WALE_S3_PREFIX", path), () -> addConfiguredArchive(source));
        add("CLONE_METHOD", "CLONE_WITH_WALE");
        add("CLONE_TARGET_TIME", source.until());
        add("CLONE_WAL_BUCKET_SCOPE_PREFIX", "");
        source.s3().endpoint().ifPresent(endpoint -> {
            add("CLONE_AWS_ENDPOINT", endpoint);
            add("CLONE_WALE_S3_ENDPOINT", endpoint);
        });
        add("CLONE_AWS_ACCESS_KEY_ID", source.s3().accessKeyId());
        add("CLONE_AWS_SECRET_ACCESS_KEY", source.s3().secretAccessKey());
        add("CLONE_AWS_S3_FORCE_PATH_STYLE", source.s3().forcePathStyle().map(force -> force ? "1" : "0"));
    }

    /** The store this cluster archives to, supposing that the source did so too. */
    private void addConfiguredArchive(CloneSource.Archive source) {
        var settings = model.settings();
        var s3 = settings.get(CloudParameters.WAL_S3_BUCKET);
        var gs = settings.get(CloudParameters.WAL_GS_BUCKET);
        if (s3.isPresent()) {
            add("CLONE_WAL_S3_BUCKET", s3);
        } else if (gs.isPresent()) {
            add("CLONE_WAL_GS_BUCKET", gs);
            add("CLONE_GOOGLE_APPLICATION_CREDENTIALS", settings.get(CloudParameters.GCP_CREDENTIALS));
        } else {
            add("CLONE_AZURE_STORAGE_ACCOUNT", settings.get(CloudParameters.WAL_AZ_STORAGE_ACCOUNT));
        }
        add(
                "CLONE_WAL_BUCKET_SCOPE_SUFFIX",
                ArchiveEnvironment.scopeSuffix(source.uid().orElse("")));
    }

    private void addStandby(Standby standby) {
        standby.primary().ifPresent(primary -> {
            add("STANDBY_HOST", primary.host());
            add("STANDBY_PORT", primary.port());
            add("STANDBY_PRIMARY_SLOT_NAME", primary.slot());
        });
        standby.archive().ifPresent(archive -> {
            add("STANDBY_WALE_" + archive.store() + "_PREFIX", archive.path());
            add("STANDBY_METHOD", "STANDBY_WITH_WALE");
            add("STANDBY_WAL_BUCKET_SCOPE_PREFIX", "");
        });
        addAwsIdentity("STANDBY_");
    }

    private void addAwsIdentity(String prefix) {
        model.settings().get(CloudParameters.IRSA_ROLE_ARN).ifPresent(role -> {
            add(prefix + "AWS_ROLE_ARN", role);
            add(prefix + "AWS_WEB_IDENTITY_TOKEN_FILE", WEB_IDENTITY_TOKEN);
        });
    }

    private void add(String name, String value) {
        variables.add(Variables.of(name, value));
    }

    private void add(String name, Optional<String> value) {
        value.ifPresent(it -> add(name, it));
    }
}
