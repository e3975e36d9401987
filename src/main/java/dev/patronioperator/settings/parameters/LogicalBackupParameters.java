package dev.patronioperator.settings.parameters;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.Quantity;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.value.BackupProvider;

import static dev.patronioperator.settings.Effect.CRON_JOB;
import static dev.patronioperator.settings.Effect.NEW_OBJECTS;
import static dev.patronioperator.settings.codec.Codecs.CPU;
import static dev.patronioperator.settings.codec.Codecs.CRON;
import static dev.patronioperator.settings.codec.Codecs.MEMORY;
import static dev.patronioperator.settings.codec.Codecs.NAME;
import static dev.patronioperator.settings.codec.Codecs.OPTIONAL_NAME;
import static dev.patronioperator.settings.codec.Codecs.TEXT;
import static dev.patronioperator.settings.codec.Codecs.integer;
import static dev.patronioperator.settings.codec.Codecs.oneOf;

/** Parameters of the group {@code logical_backup}. */
public final class LogicalBackupParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("logical_backup", "Logical backups");

    public static final Parameter<String> LOGICAL_BACKUP_SCHEDULE = GROUP.define(
                    "logical_backup_schedule", CRON, "When logical backups are made.", CRON_JOB)
            .manifest("logicalBackupSchedule")
            .unlikePeer("Every schedule that Kubernetes takes may be given in both sources.")
            .byDefault("30 00 * * *");

    public static final Parameter<String> LOGICAL_BACKUP_DOCKER_IMAGE = GROUP.define(
                    "logical_backup_docker_image", NAME, "Image that makes the backup.", CRON_JOB)
            .byDefault("ghcr.io/zalando/postgres-operator/logical-backup:v2.0.1");

    public static final Parameter<BackupProvider> LOGICAL_BACKUP_PROVIDER = GROUP.define(
                    "logical_backup_provider", oneOf(BackupProvider.values()), "Where backups are stored.", CRON_JOB)
            .byDefault(BackupProvider.S3);

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_NAME = GROUP.define(
                    "logical_backup_azure_storage_account_name", OPTIONAL_NAME, "Azure: storage account.", CRON_JOB)
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_AZURE_STORAGE_CONTAINER = GROUP.define(
                    "logical_backup_azure_storage_container", OPTIONAL_NAME, "Azure: container.", CRON_JOB)
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_KEY = GROUP.define(
                    "logical_backup_azure_storage_account_key",
                    OPTIONAL_NAME,
                    "Azure: key of the account, in plain text; logical_backup_cronjob_environment_secret is better.",
                    CRON_JOB)
            .secret()
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_S3_BUCKET = GROUP.define(
                    "logical_backup_s3_bucket",
                    OPTIONAL_NAME,
                    "S3: bucket; also the bucket of the other providers.",
                    CRON_JOB)
            .unset();

    public static final Parameter<String> LOGICAL_BACKUP_S3_BUCKET_PREFIX = GROUP.define(
                    "logical_backup_s3_bucket_prefix", TEXT, "Directory within the bucket.", CRON_JOB)
            .unsetWhenEmpty()
            .byDefault("spilo");

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_S3_REGION = GROUP.define(
                    "logical_backup_s3_region", OPTIONAL_NAME, "S3: region.", CRON_JOB)
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_S3_ENDPOINT = GROUP.define(
                    "logical_backup_s3_endpoint", OPTIONAL_NAME, "S3: URL of a store that is not Amazon's.", CRON_JOB)
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_S3_ACCESS_KEY_ID = GROUP.define(
                    "logical_backup_s3_access_key_id",
                    OPTIONAL_NAME,
                    "S3: access key; logical_backup_cronjob_environment_secret is better.",
                    CRON_JOB)
            .secret()
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_S3_SECRET_ACCESS_KEY = GROUP.define(
                    "logical_backup_s3_secret_access_key",
                    OPTIONAL_NAME,
                    "S3: secret key, in plain text; logical_backup_cronjob_environment_secret is better.",
                    CRON_JOB)
            .secret()
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_S3_SSE = GROUP.define(
                    "logical_backup_s3_sse", OPTIONAL_NAME, "S3: server-side encryption, for example AES256.", CRON_JOB)
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_GOOGLE_APPLICATION_CREDENTIALS = GROUP.define(
                    "logical_backup_google_application_credentials",
                    OPTIONAL_NAME,
                    "Google: path of the credentials in the container.",
                    CRON_JOB)
            .unset();

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_S3_RETENTION_TIME = GROUP.define(
                    "logical_backup_s3_retention_time",
                    OPTIONAL_NAME,
                    "Age at which backups are deleted, for example `2 week`; empty keeps them.",
                    CRON_JOB)
            .manifest("logicalBackupRetention")
            .unset();

    public static final Parameter<String> LOGICAL_BACKUP_JOB_PREFIX = GROUP.define(
                    "logical_backup_job_prefix", TEXT, "Beginning of the CronJob's name.", NEW_OBJECTS)
            .unsetWhenEmpty()
            .byDefault("logical-backup-");

    public static final Parameter<Optional<String>> LOGICAL_BACKUP_CRONJOB_ENVIRONMENT_SECRET = GROUP.define(
                    "logical_backup_cronjob_environment_secret",
                    OPTIONAL_NAME,
                    "Secret, in the cluster's namespace, whose entries become environment variables of the backup.",
                    CRON_JOB)
            .unset();

    public static final Parameter<Optional<Quantity>> LOGICAL_BACKUP_CPU_REQUEST = GROUP.define(
                    "logical_backup_cpu_request", CPU, "CPU request of the backup.", CRON_JOB)
            .unset();

    public static final Parameter<Optional<Quantity>> LOGICAL_BACKUP_MEMORY_REQUEST = GROUP.define(
                    "logical_backup_memory_request", MEMORY, "Memory request of the backup.", CRON_JOB)
            .unset();

    public static final Parameter<Optional<Quantity>> LOGICAL_BACKUP_CPU_LIMIT = GROUP.define(
                    "logical_backup_cpu_limit", CPU, "CPU limit of the backup.", CRON_JOB)
            .unset();

    public static final Parameter<Optional<Quantity>> LOGICAL_BACKUP_MEMORY_LIMIT = GROUP.define(
                    "logical_backup_memory_limit", MEMORY, "Memory limit of the backup.", CRON_JOB)
            .unset();

    public static final Parameter<Integer> LOGICAL_BACKUP_SUCCESSFUL_JOBS_HISTORY_LIMIT = GROUP.define(
                    "logical_backup_successful_jobs_history_limit",
                    integer(0),
                    "Successful jobs that are kept.",
                    CRON_JOB)
            .byDefault(3);

    public static final Parameter<Integer> LOGICAL_BACKUP_FAILED_JOBS_HISTORY_LIMIT = GROUP.define(
                    "logical_backup_failed_jobs_history_limit", integer(0), "Failed jobs that are kept.", CRON_JOB)
            .byDefault(3);

    public static final Parameter<Integer> LOGICAL_BACKUP_TTL_SECONDS_AFTER_FINISHED = GROUP.define(
                    "logical_backup_ttl_seconds_after_finished",
                    integer(0),
                    "Age at which a finished job is removed.",
                    CRON_JOB)
            .unit("seconds")
            .byDefault(86400);

    private LogicalBackupParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
