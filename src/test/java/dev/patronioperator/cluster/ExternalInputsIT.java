package dev.patronioperator.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.NewestVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects that the configuration names: waited for while they are missing, followed at once when they change, and not asked for at every look. */
@Tag("apiserver")
class ExternalInputsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Shorter than the regular look at a settled cluster: what happens sooner was told by a watch. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    private static final Duration QUIET = Duration.ofSeconds(5);

    /** Under a name of its own. */
    private static final String BINDING =
            """
            {"metadata":{"name":"pods-may"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"postgres-pod"},
             "subjects":[{"kind":"ServiceAccount","name":"postgres-pod"}]}""";

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void whatTheConfigurationNamesIsWaitedForAndFollowed() {
        kubernetes.cluster().play();
        var operator = kubernetes
                .operator()
                .with("pod_environment_secret", "pod-secrets")
                .with("pod_environment_configmap", "pod-variables")
                .with("infrastructure_roles_secret_name", "common-roles")
                .with("enable_cross_namespace_secret", "true")
                .with("pod_service_account_role_binding_definition", BINDING)
                .start();
        var elsewhere = kubernetes.namespace() + "-apps";
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-inputs", PATIENCE);
        cluster.apply(Manifests.sample("minimal.yaml"));
        cluster.edit(manifest -> withUser(manifest, elsewhere + ".app"));

        cluster.await("it is said what is missing").untilAsserted(() -> assertThat(cluster.condition("Progressing"))
                .map(Condition::getMessage)
                .hasValueSatisfying(message -> assertThat(message).contains("pod-secrets")));
        assertThat(statefulSet()).as("pods without their variables").isEmpty();

        apply(secret("pod-secrets", Map.of("AWS_SECRET_ACCESS_KEY", "k")));
        apply(variables(Map.of("BACKUP_NUM_TO_RETAIN", "7")));
        cluster.await("a namespace that is not there is named")
                .untilAsserted(() -> assertThat(cluster.condition("Degraded"))
                        .map(Condition::getMessage)
                        .hasValueSatisfying(message -> assertThat(message)
                                .contains("Secret " + elsewhere + ".app", "namespaces", "not found")));
        cluster.await("it concerns its user alone")
                .until(() -> statefulSet().isPresent() && passwordOf("postgres").isPresent());
        kubernetes.client().resource(namespace(elsewhere)).create();
        cluster.awaitReady();
        assertThat(environment()).contains("AWS_SECRET_ACCESS_KEY", "BACKUP_NUM_TO_RETAIN");

        apply(secret("common-roles", Map.of("user1", "robot_metrics", "password1", "first")));
        cluster.await("the role's Secret is made").atMost(AT_ONCE).until(() -> passwordOf("robot-metrics")
                .equals(Optional.of("first")));
        apply(secret("common-roles", Map.of("user1", "robot_metrics", "password1", "second")));
        cluster.await("the role's Secret follows").atMost(AT_ONCE).until(() -> passwordOf("robot-metrics")
                .equals(Optional.of("second")));

        withoutLabels(elsewhere);
        cluster.await("the Secret elsewhere is followed").atMost(AT_ONCE).until(() -> !labels(elsewhere)
                .isEmpty());

        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);
        var afterwards = kubernetes.auditLog();
        cluster.edit(manifest -> {
            manifest.getMetadata().setLabels(Map.of("owner", "somebody"));
            return manifest;
        });
        afterwards.awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(afterwards.workOf(operator.user())).isEmpty();

        apply(variables(Map.of("BACKUP_NUM_TO_RETAIN", "7", "USE_WALG_BACKUP", "true")));
        cluster.await("the variable is in the template").atMost(AT_ONCE).until(() -> environment()
                .contains("USE_WALG_BACKUP"));
    }

    /** With a Secret that is not there new pods would never start. */
    @Test
    void aRolloutWaitsForWhatItsPodsNeed() {
        kubernetes.cluster().play();
        kubernetes.operator().start();
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-inputs", PATIENCE);
        cluster.apply(Manifests.sample("minimal.yaml"));
        cluster.awaitReady();
        var pods = uids(cluster);

        cluster.editSpec(spec -> spec.withObject("/tls").put("secretName", "late-tls"));
        cluster.await("it is said what is missing").untilAsserted(() -> assertThat(
                        cluster.read().orElseThrow().getStatus().plan().deferred())
                .hasSize(2)
                .allMatch(later -> later.contains("until Secret late-tls is there")));
        cluster.awaitReady();
        assertThat(uids(cluster)).isEqualTo(pods);

        apply(secret("late-tls", Map.of("tls.crt", "c", "tls.key", "k")));
        cluster.await("all pods are made anew")
                .until(() -> cluster.pods().size() == pods.size()
                        && uids(cluster).stream().noneMatch(pods::contains));
        cluster.awaitReady();
    }

    private static List<String> uids(ClusterUnderTest cluster) {
        return cluster.pods().stream().map(pod -> pod.getMetadata().getUid()).toList();
    }

    private Optional<StatefulSet> statefulSet() {
        return Optional.ofNullable(kubernetes
                .client()
                .apps()
                .statefulSets()
                .inNamespace(kubernetes.namespace())
                .withName("acid-inputs")
                .get());
    }

    private List<String> environment() {
        return statefulSet().stream()
                .flatMap(set -> set.getSpec().getTemplate().getSpec().getContainers().stream())
                .filter(container -> container.getName().equals("postgres"))
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getName)
                .toList();
    }

    private Optional<String> passwordOf(String role) {
        return Optional.ofNullable(kubernetes
                        .client()
                        .secrets()
                        .inNamespace(kubernetes.namespace())
                        .withName(role + ".acid-inputs.credentials.postgresql.acid.zalan.do")
                        .get())
                .map(secret -> new String(
                        Base64.getDecoder().decode(secret.getData().get("password")), StandardCharsets.UTF_8));
    }

    private Postgresql withUser(Postgresql manifest, String user) {
        var serialization = kubernetes.client().getKubernetesSerialization();
        var tree = serialization.convertValue(manifest, ObjectNode.class);
        tree.withObject("/spec/users").putArray(user).add("login");
        return serialization.convertValue(tree, Postgresql.class);
    }

    private Resource<Secret> secretOfApp(String namespace) {
        return kubernetes
                .client()
                .secrets()
                .inNamespace(namespace)
                .withName(namespace + ".app.acid-inputs.credentials.postgresql.acid.zalan.do");
    }

    private void withoutLabels(String namespace) {
        NewestVersion.edit(secretOfApp(namespace), secret -> new SecretBuilder(secret)
                .editMetadata()
                .withLabels(null)
                .endMetadata()
                .build());
    }

    private Map<String, String> labels(String namespace) {
        return secretOfApp(namespace).get().getMetadata().getLabels();
    }

    private static Namespace namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private void apply(HasMetadata object) {
        object.getMetadata().setNamespace(kubernetes.namespace());
        kubernetes
                .client()
                .resource(object)
                .fieldManager("administrator")
                .forceConflicts()
                .serverSideApply();
    }

    private static Secret secret(String name, Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withStringData(data)
                .build();
    }

    private static HasMetadata variables(Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("pod-variables")
                .endMetadata()
                .withData(data)
                .build();
    }
}
