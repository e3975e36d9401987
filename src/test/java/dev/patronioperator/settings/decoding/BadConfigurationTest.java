package dev.patronioperator.settings.decoding;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.PoolerParameters;
import dev.patronioperator.settings.parameters.ScalyrParameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What is wrong is refused, and the message is enough to put it right. */
class BadConfigurationTest {
    private final ConfigMapDecoder configMap = new ConfigMapDecoder();
    private final ResourceDecoder resource = new ResourceDecoder(new KubernetesSerialization()::convertValue);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workers | 0 | must be a whole number, at least 1",
                "workers | many | must be a whole number, at least 1",
                "workers | -8 | must be a whole number, at least 1",
                "max_instances | -2 | must be a whole number, at least -1",
                "api_port | 70000 | must be a whole number from 1 to 65535",
                "resync_period | 0s | must be a duration above zero",
                "resync_period | 30 | must be a duration above zero",
                "repair_period | five minutes | must be a duration above zero",
                "pod_terminate_grace_period | -1s | must be a duration",
                "enable_sidecars | enabled | must be true or false",
                "cluster_labels | application | is no key:value pair",
                "cluster_labels | a:'b,c:d | never closed",
                "cluster_labels | cluster-name:x | must not contain cluster-name",
                "pod_role_label | cluster-name | must be another label than cluster_name_label",
                "storage_resize_mode | grow | must be one of pvc, ebs, mixed, off",
                "node_readiness_label_merge | or | must be one of AND, OR",
                "pod_management_policy | Parallel | must be one of ordered_ready, parallel",
                "external_traffic_policy | local | must be one of Cluster, Local",
                "major_version_upgrade_mode | auto | must be one of off, manual, full",
                "minimal_major_version | 9.6 | must be a PostgreSQL major version",
                "minimal_major_version | 19 | must not be above target_major_version",
                "default_cpu_request | one | must be a quantity",
                "default_memory_limit | 500MB | must be a quantity",
                "min_memory_limit | -1Gi | must be a quantity",
                "maintenance_windows | Sun:02:00-01:00 | element 1 must be a span of a day",
                "maintenance_windows | 01:00-02:00,night | element 2 must be a span of a day",
                "pod_environment_configmap | ns/ | must be a name, or namespace/name",
                "oauth_token_secret_name | a/b/c | must be a name, or namespace/name",
                "toleration | operator:Sometimes | must be a map with key, operator",
                "persistent_volume_claim_retention_policy | when_deleted:never | must be a map with when_deleted and when_scaled",
                "infrastructure_roles_secrets | secretname:s | must be one of the definitions with secretname",
                "spilo_runasuser | root | must be a whole number",
                "spilo_fsgroup | -1 | must be a whole number",
                "logical_backup_schedule | tonight | must be five fields of a cron schedule",
                "logical_backup_provider | swift | must be one of s3, gcs, az",
                "logical_backup_failed_jobs_history_limit | -1 | must be a whole number, at least 0",
                "connection_pooler_number_of_instances | 0 | must be a whole number, at least 1",
                "connection_pooler_mode | statement | must be one of session, transaction",
                "connection_pooler_user | postgres | must be another role than super_username",
                "replication_username | postgres | must be another role than super_username",
                "password_rotation_interval | 0 | must be a whole number, at least 1",
                "additional_secret_mount | creds | needs additional_secret_mount_path",
                "sidecars | a | can only be given in an OperatorConfiguration",
            })
    void configMapWithOneBadValue(String key, String value, String reason) {
        var decoded = configMap.decode(Map.of(key, value));
        if (!key.equals("sidecars")) {
            assertThat(decoded.isAccepted()).isFalse();
        }
        assertThat(decoded.problems()).anySatisfy(problem -> {
            assertThat(problem.name()).isEqualTo(key);
            assertThat(problem.text()).contains(reason);
        });
    }

    static Stream<Arguments> badResources() {
        return Stream.of(
                arguments(Map.of("workers", "8"), "workers: must be a whole number"),
                arguments(Map.of("workers", 1.5), "workers: must be a whole number"),
                arguments(Map.of("enable_shm_volume", "true"), "enable_shm_volume: must be true or false"),
                arguments(Map.of("resync_period", 30), "resync_period: must be a duration above zero"),
                arguments(Map.of("docker_image", 18), "docker_image: must be a text"),
                arguments(Map.of("max_instances", 3_000_000_000L), "max_instances: must be a whole number"),
                arguments(
                        Map.of("min_instances", 3, "max_instances", 2),
                        "min_instances: must not be above max_instances"),
                arguments(Map.of("kubernetes", "none"), "kubernetes: must be a map of parameters"),
                arguments(Map.of("users", List.of("a")), "users: must be a map of parameters"),
                arguments(
                        Map.of("kubernetes", Map.of("cluster_labels", Map.of("a", 1))),
                        "kubernetes.cluster_labels: has the key `a`, whose value must be a text"),
                arguments(
                        Map.of("kubernetes", Map.of("inherited_labels", "a,b")),
                        "kubernetes.inherited_labels: must be a list"),
                arguments(
                        Map.of("kubernetes", Map.of("inherited_labels", List.of("a", 1, ""))),
                        "kubernetes.inherited_labels: element 2 must be a text"),
                arguments(
                        Map.of("postgres_pod_resources", Map.of("default_cpu_request", 1)),
                        "postgres_pod_resources.default_cpu_request: must be a text"),
                arguments(Map.of("sidecars", Map.of("name", "a")), "sidecars: must be a list"),
                arguments(
                        Map.of("sidecars", List.of(Map.of("image", "a"))),
                        "sidecars: element 1 must be a container with a name"),
                arguments(
                        Map.of("kubernetes", Map.of("liveness_probe", Map.of("periodSecond", 1))),
                        "kubernetes.liveness_probe: must be a Kubernetes probe, which has no periodSecond"),
                arguments(
                        Map.of("kubernetes", Map.of("liveness_probe", Map.of("periodSeconds", "often"))),
                        "kubernetes.liveness_probe: must be a Kubernetes probe"),
                arguments(
                        Map.of("users", Map.of("super_username", "pooler")),
                        "connection_pooler.connection_pooler_user: must be another role than super_username"));
    }

    @ParameterizedTest
    @MethodSource("badResources")
    void resourceWithABadValue(Map<String, ?> configuration, String reason) {
        var decoded = resource.decode(configuration);
        assertThat(decoded.isAccepted()).isFalse();
        assertThat(decoded.problems())
                .anySatisfy(problem -> assertThat(problem.text()).contains(reason));
    }

    @Test
    void everyBadElementOfAListIsNamed() {
        var decoded = configMap.decode(Map.of("maintenance_windows", "night,01:00-02:00,day"));
        assertThat(decoded.problems().stream().map(Problem::message))
                .anyMatch(message -> message.startsWith("element 1 "))
                .anyMatch(message -> message.startsWith("element 3 "))
                .noneMatch(message -> message.startsWith("element 2 "));
    }

    @Test
    void unknownKeysAreWarningsThatSayWhereTheParameterBelongs() {
        var decoded =
                resource.decode(Map.of("cluster_domain", "x", "kubernetes", Map.of("workers", 3, "colour", "red")));
        assertThat(decoded.isAccepted()).isTrue();
        assertThat(decoded.problems().stream().map(Problem::text))
                .containsExactlyInAnyOrder(
                        "cluster_domain: is ignored here; it belongs to kubernetes.cluster_domain",
                        "kubernetes.workers: is ignored here; it belongs to workers",
                        "kubernetes.colour: is no parameter; ignored");
    }

    @Test
    void deprecatedAndFormerNamesAreStillRead() {
        var decoded = resource.decode(Map.of("patroni", Map.of("failsafe_mode", true), "enable_crd_validation", false));
        assertThat(decoded.isAccepted()).isTrue();
        assertThat(decoded.problems().stream().map(Problem::text))
                .containsExactlyInAnyOrder(
                        "patroni.failsafe_mode: is called patroni.enable_patroni_failsafe_mode now",
                        "enable_crd_validation: is deprecated: the schema is always there (since version 2.0 of the peer)");
        assertThat(decoded.settings()
                        .get(dev.patronioperator.settings.parameters.PatroniParameters.ENABLE_PATRONI_FAILSAFE_MODE))
                .isTrue();
    }

    @Test
    void defaultsThatTheApiServerFilledInAreNoReasonToWarn() {
        var decoded = resource.decode(Map.of(
                "enable_crd_validation", true, "scalyr", Map.of("scalyr_server_url", "https://upload.eu.scalyr.com")));
        assertThat(decoded.problems()).isEmpty();
    }

    @Test
    void emptyInAResourceIsTheDefaultWhereThePeerFallsBackAndItselfWhereNot() {
        var decoded = resource.decode(Map.of(
                "workers",
                0,
                "max_instances",
                0,
                "resync_period",
                "0s",
                "kubernetes",
                Map.of("secret_name_template", "", "cluster_labels", Map.of(), "pod_environment_secret", "")));
        assertThat(decoded.isAccepted()).isTrue();
        var settings = decoded.settings();
        var defaults = Settings.defaults();
        assertThat(settings.get(GeneralParameters.WORKERS)).isEqualTo(defaults.get(GeneralParameters.WORKERS));
        assertThat(settings.get(GeneralParameters.RESYNC_PERIOD))
                .isEqualTo(defaults.get(GeneralParameters.RESYNC_PERIOD));
        assertThat(settings.get(KubernetesParameters.SECRET_NAME_TEMPLATE)).contains("{username}");
        assertThat(settings.get(KubernetesParameters.CLUSTER_LABELS)).containsEntry("application", "spilo");
        assertThat(settings.get(KubernetesParameters.POD_ENVIRONMENT_SECRET)).isEmpty();
        assertThat(settings.get(GeneralParameters.MAX_INSTANCES)).isZero();
    }

    @Test
    void secretsAreInNoText() {
        var good = resource.decode(Map.of("scalyr", Map.of("scalyr_api_key", "s3cr3t")));
        var bad = resource.decode(Map.of("scalyr", Map.of("scalyr_api_key", List.of("s3cr3t"))));
        assertThat(good.settings().toString()).doesNotContain("s3cr3t").contains("(hidden)");
        assertThat(good.settings().get(ScalyrParameters.SCALYR_API_KEY)).contains("s3cr3t");
        assertThat(bad.problems()).isNotEmpty();
        assertThat(bad.problems().toString()).doesNotContain("s3cr3t");
        assertThat(Settings.defaults().differences(good.settings()).toString()).doesNotContain("s3cr3t");
    }

    @Test
    void differencesNameParameterAndBothValues() {
        var before = Settings.defaults();
        var after = before.with(GeneralParameters.WORKERS, 4).with(PoolerParameters.CONNECTION_POOLER_SCHEMA, "pooler");
        assertThat(before.differences(after).stream().map(Object::toString)).containsExactly("workers: 8 -> 4");
    }
}
