package dev.patronioperator.cluster.desired;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.manifest.Variables;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.parameters.CloudParameters;

/** Where WAL, base backups and logs go. The UID in the path keeps a cluster from writing into the archive of an earlier one of the same name. */
final class ArchiveEnvironment {

    private final ClusterModel model;
    private final List<EnvVar> variables = new ArrayList<>();

    private ArchiveEnvironment(ClusterModel model) {
        this.model = model;
    }

    static List<EnvVar> render(ClusterModel model) {
        var archive = new ArchiveEnvironment(model);
        archive.addStore("WAL_S3_BUCKET", CloudParameters.WAL_S3_BUCKET, "WAL_");
        archive.addStore("WAL_GS_BUCKET", CloudParameters.WAL_GS_BUCKET, "WAL_");
        archive.addStore("AZURE_STORAGE_ACCOUNT", CloudParameters.WAL_AZ_STORAGE_ACCOUNT, "WAL_");
        archive.add("GOOGLE_APPLICATION_CREDENTIALS", model.settings().get(CloudParameters.GCP_CREDENTIALS));
        archive.addStore("LOG_S3_BUCKET", CloudParameters.LOG_S3_BUCKET, "LOG_");
        return archive.variables;
    }

    private void addStore(String variable, Parameter<Optional<String>> bucket, String scope) {
        model.settings().get(bucket).ifPresent(name -> {
            variables.add(Variables.of(variable, name));
            variables.add(Variables.of(
                    scope + "BUCKET_SCOPE_SUFFIX", scopeSuffix(model.identity().uid())));
            variables.add(Variables.of(scope + "BUCKET_SCOPE_PREFIX", ""));
        });
    }

    private void add(String variable, Optional<String> value) {
        value.ifPresent(it -> variables.add(Variables.of(variable, it)));
    }

    /** The last part of the path in a bucket. */
    static String scopeSuffix(String uid) {
        return uid.isEmpty() ? "" : "/" + uid;
    }
}
