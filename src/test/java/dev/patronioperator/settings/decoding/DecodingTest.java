package dev.patronioperator.settings.decoding;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.LoadBalancerParameters;
import dev.patronioperator.settings.parameters.LogicalBackupParameters;
import dev.patronioperator.settings.parameters.PodResourcesParameters;
import dev.patronioperator.settings.parameters.PoolerParameters;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.settings.parameters.UsersParameters;
import dev.patronioperator.settings.value.NamespacedName;
import dev.patronioperator.settings.value.NodeReadinessMerge;

import static org.assertj.core.api.Assertions.assertThat;

class DecodingTest {
    private final ConfigMapDecoder configMap = new ConfigMapDecoder();
    private final ResourceDecoder resource = new ResourceDecoder(new ObjectMapper()::convertValue);

    @Test
    void nothingWrittenGivesTheDefaultsOfTheSource() {
        assertThat(configMap.decode(Map.of()).settings().differences(Settings.defaults(Source.CONFIG_MAP)))
                .isEmpty();
        assertThat(configMap.decode(Map.of()).settings().get(LoadBalancerParameters.ENABLE_MASTER_LOAD_BALANCER))
                .isTrue();
        assertThat(resource.decode(Map.of()).settings().get(LoadBalancerParameters.ENABLE_MASTER_LOAD_BALANCER))
                .isFalse();
    }

    @Test
    void missingGroupStillGivesUsableNames() {
        var settings = resource.decode(Map.of()).settings();
        assertThat(settings.get(KubernetesParameters.SECRET_NAME_TEMPLATE))
                .isEqualTo("{username}.{cluster}.credentials.{tprkind}.{tprgroup}");
        assertThat(settings.get(KubernetesParameters.PDB_NAME_FORMAT)).isEqualTo("postgres-{cluster}-pdb");
        assertThat(settings.get(LoadBalancerParameters.MASTER_DNS_NAME_FORMAT))
                .isEqualTo("{cluster}.{namespace}.{hostedzone}");
        assertThat(settings.get(KubernetesParameters.OAUTH_TOKEN_SECRET_NAME)).isPresent();
    }

    @Test
    void presentGroupHasTheDefaultsOfTheSchema() {
        var empty = resource.decode(Map.of("teams_api", Map.of())).settings();
        assertThat(empty.get(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD)).isTrue();
        assertThat(resource.decode(Map.of()).settings().get(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD))
                .isFalse();
        assertThat(resource.decode(Map.of("users", Map.of()))
                        .settings()
                        .get(UsersParameters.PASSWORD_ROTATION_USER_RETENTION))
                .isEqualTo(120);
        assertThat(resource.decode(Map.of()).settings().get(UsersParameters.PASSWORD_ROTATION_USER_RETENTION))
                .isEqualTo(180);
    }

    /** What the peer's sources disagree about, each is given as its users have it. */
    @Test
    void eachSourceHasItsOwnDefaults() {
        var fromConfigMap = configMap.decode(Map.of()).settings();
        var fromResource = resource.decode(Map.of()).settings();

        assertThat(fromConfigMap.get(KubernetesParameters.NODE_READINESS_LABEL_MERGE))
                .contains(NodeReadinessMerge.OR);
        assertThat(fromResource.get(KubernetesParameters.NODE_READINESS_LABEL_MERGE))
                .isEmpty();
        for (var either : List.of(fromConfigMap, fromResource)) {
            assertThat(either.get(LogicalBackupParameters.LOGICAL_BACKUP_S3_SSE))
                    .isEmpty();
            assertThat(either.get(LogicalBackupParameters.LOGICAL_BACKUP_TTL_SECONDS_AFTER_FINISHED))
                    .isEqualTo(86400);
        }
    }

    @Test
    void allProblemsAreReportedAtOnceWithNameValueAndWhatIsAllowed() {
        var decoded = configMap.decode(Map.of(
                "workers", "0",
                "resync_period", "soon",
                "enable_shm_volume", "yes",
                "min_instances", "3",
                "max_instances", "2",
                "wrkers", "8"));
        assertThat(decoded.isAccepted()).isFalse();
        assertThat(decoded.problems().stream().map(Problem::text))
                .containsExactlyInAnyOrder(
                        "workers: must be a whole number, at least 1, not `0`",
                        "resync_period: must be a duration above zero such as 300ms, 90s, 10m or 1h30m, not `soon`",
                        "enable_shm_volume: must be true or false (or one of 1, t, T, TRUE, True, 0, f, F, FALSE, False), not `yes`",
                        "min_instances: must not be above max_instances, which is 2, not `3`",
                        "wrkers: is no parameter; ignored");
    }

    @Test
    void emptyTextIsZeroWhereThatIsAValueAndTheDefaultWhereItIsNot() {
        var settings = configMap
                .decode(Map.of("cluster_labels", "", "enable_shm_volume", "", "resync_period", "", "docker_image", ""))
                .settings();
        assertThat(settings.get(KubernetesParameters.CLUSTER_LABELS)).isEmpty();
        assertThat(settings.get(GeneralParameters.ENABLE_SHM_VOLUME)).isFalse();
        assertThat(settings.get(GeneralParameters.RESYNC_PERIOD)).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.get(GeneralParameters.DOCKER_IMAGE)).contains("spilo");
    }

    @Test
    void typedValuesOfBothSources() {
        var flat = configMap
                .decode(Map.of(
                        "cluster_labels", "app:pg, tier:db",
                        "inherited_labels", "a, b",
                        "workers", "0x10",
                        "pod_environment_configmap", "ns/env"))
                .settings();
        var tree = resource.decode(Map.of(
                        "workers",
                        16,
                        "kubernetes",
                        Map.of(
                                "cluster_labels", Map.of("app", "pg", "tier", "db"),
                                "inherited_labels", List.of("a", "b"),
                                "pod_environment_configmap", "ns/env")))
                .settings();
        for (var settings : List.of(flat, tree)) {
            assertThat(settings.get(KubernetesParameters.CLUSTER_LABELS)).isEqualTo(Map.of("app", "pg", "tier", "db"));
            assertThat(settings.get(KubernetesParameters.INHERITED_LABELS)).containsExactly("a", "b");
            assertThat(settings.get(GeneralParameters.WORKERS)).isEqualTo(16);
            assertThat(settings.get(KubernetesParameters.POD_ENVIRONMENT_CONFIGMAP))
                    .contains(new NamespacedName(Optional.of("ns"), "env"));
        }
    }

    @Test
    void onePoolerIsRaisedToTwoInAResource() {
        var one = Map.of("connection_pooler", Map.of("connection_pooler_number_of_instances", 1));
        assertThat(resource.decode(one).settings().get(PoolerParameters.CONNECTION_POOLER_NUMBER_OF_INSTANCES))
                .isEqualTo(2);
    }

    @Test
    void theDefaultRequestOfMemoryIsRaisedToTheDefaultLimitInAConfigMapOnly() {
        var request = PodResourcesParameters.DEFAULT_MEMORY_REQUEST;
        var written = Map.of("default_memory_request", "100Mi", "default_memory_limit", "500Mi");
        var wanted = new HashMap<>(written);
        wanted.put("set_memory_request_to_limit", "true");

        assertThat(configMap.decode(wanted).settings().get(request)).contains(new Quantity("500Mi"));
        assertThat(configMap.decode(wanted).problems()).singleElement().satisfies(problem -> assertThat(problem.text())
                .contains("default_memory_request", "500Mi"));
        assertThat(configMap.decode(written).settings().get(request)).contains(new Quantity("100Mi"));
        assertThat(resource.decode(Map.of("set_memory_request_to_limit", true, "postgres_pod_resources", written))
                        .settings()
                        .get(request))
                .contains(new Quantity("100Mi"));
    }

    @Test
    void withoutBothDefaultsOfMemoryNothingIsRaised() {
        var limit = Map.of("set_memory_request_to_limit", "true", "default_memory_limit", "500Mi");

        assertThat(configMap.decode(limit).settings().get(PodResourcesParameters.DEFAULT_MEMORY_REQUEST))
                .isEmpty();
    }
}
