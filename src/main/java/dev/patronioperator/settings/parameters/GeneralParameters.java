package dev.patronioperator.settings.parameters;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;

import dev.patronioperator.settings.Defaults;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.value.MaintenanceWindow;

import static dev.patronioperator.settings.Effect.CRON_JOB;
import static dev.patronioperator.settings.Effect.DANGER;
import static dev.patronioperator.settings.Effect.NONE;
import static dev.patronioperator.settings.Effect.OPERATOR;
import static dev.patronioperator.settings.Effect.POOLER;
import static dev.patronioperator.settings.Effect.REPLACEMENT;
import static dev.patronioperator.settings.Effect.ROLLING_UPDATE;
import static dev.patronioperator.settings.Effect.SCALE;
import static dev.patronioperator.settings.codec.Codecs.BOOLEAN;
import static dev.patronioperator.settings.codec.Codecs.CONTAINERS;
import static dev.patronioperator.settings.codec.Codecs.MAP;
import static dev.patronioperator.settings.codec.Codecs.NAME;
import static dev.patronioperator.settings.codec.Codecs.NAMES;
import static dev.patronioperator.settings.codec.Codecs.OPTIONAL_NAME;
import static dev.patronioperator.settings.codec.Codecs.POSITIVE_DURATION;
import static dev.patronioperator.settings.codec.Codecs.WINDOWS;
import static dev.patronioperator.settings.codec.Codecs.integer;

/** Parameters that belong to no group: directly below {@code configuration}. */
public final class GeneralParameters {
    private static final ParameterGroup GROUP = ParameterGroup.topLevel("General");

    public static final Parameter<Boolean> ENABLE_CRD_REGISTRATION = GROUP.define(
                    "enable_crd_registration",
                    BOOLEAN,
                    "Install the custom resource definitions, and bring older ones up to date, when the operator starts.",
                    OPERATOR)
            .noEffect(
                    "the definitions are installed with the operator, by kustomize or the chart; it needs no right to change them")
            .byDefault(true);

    public static final Parameter<List<String>> CRD_CATEGORIES = GROUP.define(
                    "crd_categories",
                    NAMES,
                    "Categories that the custom resources belong to (`kubectl get all`).",
                    OPERATOR)
            .noEffect("the definitions are installed with the operator and belong to `all`")
            .unsetWhenEmpty()
            .byDefault(List.of("all"));

    public static final Parameter<Boolean> ENABLE_LAZY_SPILO_UPGRADE = GROUP.define(
                    "enable_lazy_spilo_upgrade",
                    BOOLEAN,
                    "Change images only in the StatefulSet: running pods keep theirs until they are replaced for another reason.",
                    REPLACEMENT,
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Boolean> ENABLE_MAINTENANCE_WINDOWS = GROUP.define(
                    "enable_maintenance_windows",
                    BOOLEAN,
                    "Respect maintenance windows; if off, every moment counts as inside.",
                    OPERATOR)
            .byDefault(true);

    public static final Parameter<Boolean> ENABLE_PGVERSION_ENV_VAR = GROUP.define(
                    "enable_pgversion_env_var",
                    BOOLEAN,
                    "Choose the PostgreSQL version by the variable PGVERSION; if off, by the path of its binaries. Needed for in-place major upgrades.",
                    ROLLING_UPDATE)
            .unlikePeer(
                    "Off only if written so. The peer takes a missing value of a resource that never passed the schema for off.")
            .byDefault(Defaults.of(true, true));

    public static final Parameter<Boolean> ENABLE_SHM_VOLUME = GROUP.define(
                    "enable_shm_volume",
                    BOOLEAN,
                    "Give the database a shared memory volume that is as large as the memory limit instead of the 64 MB of the container runtime.",
                    ROLLING_UPDATE)
            .manifest("enableShmVolume")
            .byDefault(true);

    public static final Parameter<Boolean> ENABLE_SPILO_WAL_PATH_COMPAT = GROUP.define(
                    "enable_spilo_wal_path_compat",
                    BOOLEAN,
                    "Look for WAL in the paths of older Spilo images too (ENABLE_WAL_PATH_COMPAT).",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Boolean> ENABLE_TEAM_ID_CLUSTERNAME_PREFIX = GROUP.define(
                    "enable_team_id_clustername_prefix",
                    BOOLEAN,
                    "Demand that a cluster's name begins with the id of its team.",
                    OPERATOR)
            .unset();

    public static final Parameter<Optional<String>> ETCD_HOST = GROUP.define(
                    "etcd_host",
                    OPTIONAL_NAME,
                    "Address (host:port) of an etcd that Patroni shall use instead of Kubernetes as its DCS.",
                    ROLLING_UPDATE,
                    DANGER)
            .unset();

    public static final Parameter<Boolean> KUBERNETES_USE_CONFIGMAPS = GROUP.define(
                    "kubernetes_use_configmaps",
                    BOOLEAN,
                    "Let Patroni keep its state in ConfigMaps; if off, in Endpoints.",
                    ROLLING_UPDATE,
                    DANGER)
            .byDefault(true);

    public static final Parameter<String> DOCKER_IMAGE = GROUP.define(
                    "docker_image",
                    NAME,
                    "Image of the database container: Spilo, that is PostgreSQL with Patroni.",
                    ROLLING_UPDATE)
            .manifest("dockerImage")
            .byDefault("ghcr.io/zalando/spilo-18:4.1-p2");

    public static final Parameter<Integer> WORKERS = GROUP.define(
                    "workers", integer(1), "How many clusters are worked on at the same time.", OPERATOR)
            .noEffect("no reconcile waits for anything, so that their number is not worth tuning")
            .unsetWhenEmpty()
            .byDefault(8);

    public static final Parameter<Duration> RESYNC_PERIOD = GROUP.define(
                    "resync_period",
                    POSITIVE_DURATION,
                    "How often roles and databases, which nothing watches, are looked at again although nothing has happened. "
                            + "Of everything else watches report every change.",
                    OPERATOR)
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(30));

    public static final Parameter<Duration> REPAIR_PERIOD = GROUP.define(
                    "repair_period",
                    POSITIVE_DURATION,
                    "How often clusters in a failed state are tried again.",
                    OPERATOR)
            .noEffect("what failed is tried again after seconds, with growing pauses of up to 2 minutes")
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(5));

    public static final Parameter<Boolean> SET_MEMORY_REQUEST_TO_LIMIT = GROUP.define(
                    "set_memory_request_to_limit",
                    BOOLEAN,
                    "Ask for as much memory as the limit allows, for all containers: pods are not killed for memory that others use.",
                    ROLLING_UPDATE,
                    POOLER,
                    CRON_JOB)
            .unset();

    public static final Parameter<List<MaintenanceWindow>> MAINTENANCE_WINDOWS = GROUP.define(
                    "maintenance_windows",
                    WINDOWS,
                    "Spans in UTC for disruptive work, for clusters that name none: `01:00-03:30` or `Sun:01:00-03:30`.",
                    OPERATOR)
            .manifest("maintenanceWindows")
            .unlikePeer(
                    "A window that cannot be read is an error. The peer drops it, and if it was the last one nothing is ever done.")
            .unset();

    public static final Parameter<Map<String, String>> SIDECAR_DOCKER_IMAGES = GROUP.define(
                    "sidecar_docker_images", MAP, "Sidecars for every database pod: name to image.", ROLLING_UPDATE)
            .manifest("sidecars")
            .deprecated("use sidecars")
            .unlikePeer("In a ConfigMap an image may have a tag: the value may contain colons.")
            .unset();

    public static final Parameter<List<Container>> SIDECARS = GROUP.define(
                    "sidecars",
                    CONTAINERS,
                    "Sidecars for every database pod, as Kubernetes containers.",
                    ROLLING_UPDATE)
            .only(Source.RESOURCE)
            .manifest("sidecars")
            .unlikePeer(
                    "The schema of the resource is a list, as the program needs it; the peer's schema demands an object, which it cannot read.")
            .unset();

    public static final Parameter<Integer> MAX_INSTANCES = GROUP.define(
                    "max_instances", integer(-1), "The most instances a cluster may have; -1 for no limit.", SCALE)
            .manifest("numberOfInstances")
            .byDefault(-1);

    public static final Parameter<Integer> MIN_INSTANCES = GROUP.define(
                    "min_instances", integer(-1), "The fewest instances a cluster may have; -1 for no limit.", SCALE)
            .manifest("numberOfInstances")
            .unlikePeer("Above max_instances it is an error in both sources.")
            .byDefault(-1);

    public static final Parameter<Optional<String>> IGNORE_INSTANCE_LIMITS_ANNOTATION_KEY = GROUP.define(
                    "ignore_instance_limits_annotation_key",
                    OPTIONAL_NAME,
                    "Annotation of a manifest that, with the value `true`, frees it from min_instances and max_instances.",
                    SCALE)
            .unset();

    public static final Parameter<Optional<String>> IGNORE_RESOURCES_LIMITS_ANNOTATION_KEY = GROUP.define(
                    "ignore_resources_limits_annotation_key",
                    OPTIONAL_NAME,
                    "Annotation of a manifest that, with the value `true`, frees it from the minimal limits and maximal requests.",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Boolean> ENABLE_CRD_VALIDATION = GROUP.define(
                    "enable_crd_validation", BOOLEAN, "Whether the custom resource definitions carry a schema.", NONE)
            .noEffect("the definitions always have their schema")
            .deprecated("the schema is always there (since version 2.0 of the peer)")
            .byDefault(true);

    private GeneralParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
