package dev.patronioperator.settings.parameters;

import java.util.Optional;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.ANNOTATIONS;
import static dev.patronioperator.settings.Effect.CRON_JOB;
import static dev.patronioperator.settings.Effect.OPERATOR;
import static dev.patronioperator.settings.Effect.REPLACEMENT;
import static dev.patronioperator.settings.Effect.ROLLING_UPDATE;
import static dev.patronioperator.settings.Effect.SERVICE_ACCOUNT;
import static dev.patronioperator.settings.Effect.VOLUMES;
import static dev.patronioperator.settings.codec.Codecs.BOOLEAN;
import static dev.patronioperator.settings.codec.Codecs.NAME;
import static dev.patronioperator.settings.codec.Codecs.OPTIONAL_NAME;
import static dev.patronioperator.settings.codec.Codecs.integer;

/** Parameters of the group {@code aws_or_gcp}. */
public final class CloudParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("aws_or_gcp", "Cloud storage and identity");

    public static final Parameter<Optional<String>> WAL_S3_BUCKET = GROUP.define(
                    "wal_s3_bucket", OPTIONAL_NAME, "S3 bucket for base backups and WAL.", ROLLING_UPDATE)
            .manifest("env")
            .unset();

    public static final Parameter<String> AWS_REGION = GROUP.define(
                    "aws_region", NAME, "AWS region of the volumes; used for EBS calls only.", OPERATOR)
            .noEffect("the operator makes no calls to AWS; volumes are changed through Kubernetes")
            .byDefault("eu-central-1");

    public static final Parameter<Optional<String>> WAL_GS_BUCKET = GROUP.define(
                    "wal_gs_bucket",
                    OPTIONAL_NAME,
                    "Google Cloud Storage bucket for base backups and WAL.",
                    ROLLING_UPDATE)
            .manifest("env")
            .unset();

    public static final Parameter<Optional<String>> GCP_CREDENTIALS = GROUP.define(
                    "gcp_credentials",
                    OPTIONAL_NAME,
                    "Path, in the container, of the Google credentials.",
                    ROLLING_UPDATE)
            .manifest("env")
            .unset();

    public static final Parameter<Optional<String>> WAL_AZ_STORAGE_ACCOUNT = GROUP.define(
                    "wal_az_storage_account",
                    OPTIONAL_NAME,
                    "Azure storage account for base backups and WAL.",
                    ROLLING_UPDATE)
            .manifest("env")
            .unset();

    public static final Parameter<Optional<String>> LOG_S3_BUCKET = GROUP.define(
                    "log_s3_bucket", OPTIONAL_NAME, "S3 bucket for PostgreSQL's logs.", ROLLING_UPDATE)
            .manifest("env")
            .unset();

    public static final Parameter<Optional<String>> KUBE_IAM_ROLE = GROUP.define(
                    "kube_iam_role", OPTIONAL_NAME, "AWS role that kube2iam gives the pods.", REPLACEMENT, ANNOTATIONS)
            .unset();

    public static final Parameter<Optional<String>> IRSA_ROLE_ARN = GROUP.define(
                    "irsa_role_arn",
                    OPTIONAL_NAME,
                    "AWS role that the pods' ServiceAccount has (IRSA).",
                    SERVICE_ACCOUNT,
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Optional<String>> ADDITIONAL_SECRET_MOUNT = GROUP.define(
                    "additional_secret_mount",
                    OPTIONAL_NAME,
                    "Secret that is mounted into database and backup pods.",
                    ROLLING_UPDATE,
                    CRON_JOB)
            .unlikePeer("Without additional_secret_mount_path it is an error.")
            .unset();

    public static final Parameter<Optional<String>> ADDITIONAL_SECRET_MOUNT_PATH = GROUP.define(
                    "additional_secret_mount_path", OPTIONAL_NAME, "Where it is mounted.", ROLLING_UPDATE, CRON_JOB)
            .unset();

    public static final Parameter<Boolean> ENABLE_EBS_GP3_MIGRATION = GROUP.define(
                    "enable_ebs_gp3_migration", BOOLEAN, "Turn EBS volumes of type gp2 into gp3.", VOLUMES)
            .noEffect(
                    "the operator makes no calls to AWS; a VolumeAttributesClass or the storage class changes the type")
            .deprecated("gone in version 2.0 of the peer")
            .unset();

    public static final Parameter<Integer> ENABLE_EBS_GP3_MIGRATION_MAX_SIZE = GROUP.define(
                    "enable_ebs_gp3_migration_max_size",
                    integer(0),
                    "Largest volume that is turned into gp3: a larger one would lose throughput.",
                    VOLUMES)
            .noEffect("the operator makes no calls to AWS")
            .unit("GiB")
            .unsetWhenEmpty()
            .deprecated("gone in version 2.0 of the peer")
            .byDefault(1000);

    private CloudParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
