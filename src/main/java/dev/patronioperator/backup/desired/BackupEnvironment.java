package dev.patronioperator.backup.desired;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.backup.model.BackupModel;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.ServicePorts;
import dev.patronioperator.manifest.Variables;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.parameters.LogicalBackupParameters;

/** The environment of the backup container: the whole interface to its dump script. */
final class BackupEnvironment {

    private final BackupModel model;
    private final Map<String, EnvVar> variables = new LinkedHashMap<>();

    private BackupEnvironment(BackupModel model) {
        this.model = model;
    }

    static List<EnvVar> render(BackupModel model, SortedSet<String> secretKeys) {
        var environment = new BackupEnvironment(model);
        environment.addCluster();
        environment.addStore();
        environment.addSecret(secretKeys);
        return List.copyOf(environment.variables.values());
    }

    private void addCluster() {
        var credentials = model.credentials();
        var cluster = model.identity().name();
        add("SCOPE", cluster);
        add("CLUSTER_NAME_LABEL", model.identity().labels().nameKey());
        put(Variables.ofField("POD_NAMESPACE", "metadata.namespace"));
        add("PG_VERSION", model.version());
        add("PGPORT", String.valueOf(ServicePorts.POSTGRES));
        add("PGUSER", credentials.superuser());
        // The database to connect to first. It is called like the superuser; the script dumps all of them.
        add("PGDATABASE", credentials.superuser());
        add("PGSSLMODE", "require");
        put(credentials.password("PGPASSWORD", cluster, credentials.superuser()));
    }

    private void addStore() {
        var uid = model.identity().uid();
        var provider = model.settings().get(LogicalBackupParameters.LOGICAL_BACKUP_PROVIDER);
        add("LOGICAL_BACKUP_PROVIDER", provider.name().toLowerCase(Locale.ROOT));
        add("LOGICAL_BACKUP_S3_BUCKET", LogicalBackupParameters.LOGICAL_BACKUP_S3_BUCKET);
        add(
                "LOGICAL_BACKUP_S3_BUCKET_PREFIX",
                model.settings().get(LogicalBackupParameters.LOGICAL_BACKUP_S3_BUCKET_PREFIX));
        add("LOGICAL_BACKUP_S3_BUCKET_SCOPE_SUFFIX", uid.isEmpty() ? "" : "/" + uid);
        switch (provider) {
            case S3 -> addS3();
            case GCS ->
                addIfSet(
                        "LOGICAL_BACKUP_GOOGLE_APPLICATION_CREDENTIALS",
                        LogicalBackupParameters.LOGICAL_BACKUP_GOOGLE_APPLICATION_CREDENTIALS);
            case AZ -> addAzure();
        }
    }

    private void addS3() {
        add("LOGICAL_BACKUP_S3_REGION", LogicalBackupParameters.LOGICAL_BACKUP_S3_REGION);
        add("LOGICAL_BACKUP_S3_ENDPOINT", LogicalBackupParameters.LOGICAL_BACKUP_S3_ENDPOINT);
        add("LOGICAL_BACKUP_S3_SSE", LogicalBackupParameters.LOGICAL_BACKUP_S3_SSE);
        add("LOGICAL_BACKUP_S3_RETENTION_TIME", model.retention().orElse(""));
        addIfSet("AWS_ACCESS_KEY_ID", LogicalBackupParameters.LOGICAL_BACKUP_S3_ACCESS_KEY_ID);
        addIfSet("AWS_SECRET_ACCESS_KEY", LogicalBackupParameters.LOGICAL_BACKUP_S3_SECRET_ACCESS_KEY);
    }

    private void addAzure() {
        add(
                "LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_NAME",
                LogicalBackupParameters.LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_NAME);
        add("LOGICAL_BACKUP_AZURE_STORAGE_CONTAINER", LogicalBackupParameters.LOGICAL_BACKUP_AZURE_STORAGE_CONTAINER);
        addIfSet(
                "LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_KEY",
                LogicalBackupParameters.LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_KEY);
    }

    /** What the Secret names wins over what the configuration says: the kubelet takes the last of two variables. */
    private void addSecret(SortedSet<String> keys) {
        model.settings()
                .get(LogicalBackupParameters.LOGICAL_BACKUP_CRONJOB_ENVIRONMENT_SECRET)
                .ifPresent(secret -> keys.forEach(key -> put(Credentials.fromSecret(key, secret, key))));
    }

    private void add(String name, Parameter<Optional<String>> value) {
        add(name, model.settings().get(value).orElse(""));
    }

    private void addIfSet(String name, Parameter<Optional<String>> value) {
        model.settings().get(value).ifPresent(it -> add(name, it));
    }

    private void add(String name, String value) {
        put(Variables.of(name, value));
    }

    private void put(EnvVar variable) {
        variables.remove(variable.getName());
        variables.put(variable.getName(), variable);
    }
}
