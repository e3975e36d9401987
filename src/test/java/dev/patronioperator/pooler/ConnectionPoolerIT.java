package dev.patronioperator.pooler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged operator and the connection poolers of a cluster on a real API server. */
@Tag("apiserver")
class ConnectionPoolerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final String CONDITION = "PoolerReady";

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void poolersFollowManifestConfigurationAndCredentialsAndAreRepaired() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var cluster = cluster("acid-pooled");
        // The section alone asks for the primary's pooler.
        cluster.apply(manifest("{\"connectionPooler\":{\"numberOfInstances\":1}}"));
        cluster.awaitReady();
        awaitReady(cluster, "acid-pooled-pooler: 1 pods");
        assertThat(deployment("acid-pooled-pooler-repl").get()).isNull();
        assertThat(userList("acid-pooled-pooler"))
                .contains("\"pooler\" \"" + password("pooler.acid-pooled.credentials.postgresql.acid.zalan.do") + "\"");

        patch(cluster, "{\"spec\":{\"enableReplicaConnectionPooler\":true}}");
        awaitReady(cluster, "acid-pooled-pooler-repl: 1 pods");

        kubernetes.configure("connection_pooler_image", "example.org/pgbouncer:2");
        cluster.await("both poolers have the image of the configuration")
                .until(() -> image("acid-pooled-pooler").equals("example.org/pgbouncer:2")
                        && image("acid-pooled-pooler-repl").equals("example.org/pgbouncer:2"));

        deployment("acid-pooled-pooler")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        """
                        {"spec":{"replicas":5,"template":{"spec":{"containers":[
                          {"name":"connection-pooler","image":"example.org/by-hand:1"}]}}}}""");
        cluster.await("image and replicas that somebody changed are put back")
                .until(() -> image("acid-pooled-pooler").equals("example.org/pgbouncer:2")
                        && deployment("acid-pooled-pooler").get().getSpec().getReplicas() == 1);

        service("acid-pooled-pooler")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"selector\":{\"connection-pooler\":\"nobody\"}}}");
        cluster.await("the selector that somebody changed is put back").until(() -> service("acid-pooled-pooler")
                .get()
                .getSpec()
                .getSelector()
                .equals(Map.of("connection-pooler", "acid-pooled-pooler")));
        var uid = service("acid-pooled-pooler").get().getMetadata().getUid();
        service("acid-pooled-pooler").delete();
        cluster.await("the Service that somebody deleted is made again")
                .until(() -> Optional.ofNullable(service("acid-pooled-pooler").get())
                        .filter(made -> !made.getMetadata().getUid().equals(uid))
                        .isPresent());

        secret("pooler.acid-pooled.credentials.postgresql.acid.zalan.do")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"stringData\":{\"password\":\"changed\"}}");
        cluster.await("the poolers get the new password, in pods that know it")
                .until(() -> userList("acid-pooled-pooler").contains("\"pooler\" \"changed\"")
                        && "1"
                                .equals(templateAnnotations("acid-pooled-pooler")
                                        .get("patroni-operator.dev/user-list-revision")));
        awaitReady(cluster, "acid-pooled-pooler-repl: 1 pods");

        secondLookCostsNothing(operator, cluster);

        patch(cluster, "{\"spec\":{\"users\":{\"Bad Name\":[]},\"connectionPooler\":{\"numberOfInstances\":3}}}");
        cluster.await("the bad manifest is refused").until(() -> cluster.condition("SpecAccepted")
                .filter(said -> said.getStatus().equals("False"))
                .isPresent());
        deployment("acid-pooled-pooler-repl").delete();
        cluster.await("the accepted manifest stays in force").until(() -> Optional.ofNullable(
                        deployment("acid-pooled-pooler-repl").get())
                .filter(made -> made.getSpec().getReplicas() == 1)
                .isPresent());

        patch(cluster, "{\"spec\":{\"users\":null,\"enableConnectionPooler\":false}}");
        cluster.await("the primary's pooler is switched off")
                .until(() -> objects("acid-pooled-pooler").isEmpty());
        assertThat(deployment("acid-pooled-pooler-repl").get()).isNotNull();

        patch(cluster, "{\"spec\":{\"enableReplicaConnectionPooler\":false}}");
        cluster.await("both are switched off")
                .until(() -> objects("acid-pooled-pooler-repl").isEmpty());
        cluster.await("nothing is said of poolers")
                .until(() -> cluster.condition(CONDITION).isEmpty()
                        && cluster.read().orElseThrow().getStatus().pooler() == null);
        assertThat(cluster.condition("Ready")).map(Condition::getStatus).contains("True");
    }

    /** The cluster {@code acid-clash-pooler} calls its Service as the pooler of the cluster {@code acid-clash} does. */
    @Test
    void objectsOfSomebodyElseAreLeftAloneAndLeftoversAreTakenOver() {
        kubernetes.cluster().play();
        kubernetes.operator().start();
        var namesake = cluster("acid-clash-pooler");
        namesake.apply(manifest("{}"));
        namesake.awaitReady();
        var cluster = cluster("acid-clash");
        cluster.apply(manifest("{\"enableConnectionPooler\":true}"));

        cluster.await("the taken name is told")
                .untilAsserted(() -> assertThat(cluster.condition(CONDITION)).hasValueSatisfying(said -> {
                    assertThat(said.getStatus()).isEqualTo("False");
                    assertThat(said.getReason()).isEqualTo("NameTaken");
                    assertThat(said.getMessage())
                            .contains("Service acid-clash-pooler", "belongs to the cluster acid-clash-pooler");
                }));
        patch(cluster, "{\"spec\":{\"enableConnectionPooler\":false}}");
        cluster.await("nothing is said of poolers")
                .until(() -> cluster.condition(CONDITION).isEmpty());
        assertThat(service("acid-clash-pooler").get().getMetadata().getLabels())
                .containsEntry("cluster-name", "acid-clash-pooler");
        assertThat(namesake.condition("Ready")).map(Condition::getStatus).contains("True");

        // What the peer's own test of this leaves in the way: a broken pooler without the cluster's label.
        var taker = cluster("acid-taker");
        kubernetes.client().resource(brokenPooler("acid-taker")).create();
        taker.apply(manifest("{\"enableConnectionPooler\":true,\"connectionPooler\":{\"numberOfInstances\":2}}"));
        awaitReady(taker, "acid-taker-pooler: 2 pods");
    }

    /** As cert-manager renews one: the Secret stays and holds something else. */
    @Test
    void podsOfPoolersFollowARenewedCertificate() {
        kubernetes.cluster().play();
        make("acid-cert", "tls.crt", "first");
        make("acid-authority", "ca.crt", "first");
        var operator = kubernetes.operator().start();
        var cluster = cluster("acid-encrypted");
        cluster.apply(
                manifest(
                        """
                {"enableConnectionPooler":true,
                 "tls":{"secretName":"acid-cert","caFile":"ca.crt","caSecretName":"acid-authority"}}"""));
        cluster.awaitReady();
        awaitReady(cluster, "acid-encrypted-pooler: 2 pods");
        var first = certificate();
        var databasePods = cluster.pods();

        kubernetes.editSecret("acid-cert", "tls.crt", "second");
        cluster.await("pods with the renewed certificate")
                .until(() -> !certificate().equals(first));
        awaitReady(cluster, "acid-encrypted-pooler: 2 pods");
        var second = certificate();
        kubernetes.editSecret("acid-authority", "ca.crt", "second");
        cluster.await("pods with the renewed authority")
                .until(() -> !certificate().equals(second));

        awaitReady(cluster, "acid-encrypted-pooler: 2 pods");
        secondLookCostsNothing(operator, cluster);
        assertThat(cluster.pods())
                .as("Patroni follows by itself")
                .extracting(pod -> pod.getMetadata().getUid())
                .containsExactlyElementsOf(databasePods.stream()
                        .map(pod -> pod.getMetadata().getUid())
                        .toList());
    }

    private String certificate() {
        return templateAnnotations("acid-encrypted-pooler").getOrDefault("patroni-operator.dev/certificate", "none");
    }

    private void make(String secret, String key, String value) {
        kubernetes
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(kubernetes.namespace())
                        .withName(secret)
                        .endMetadata()
                        .addToStringData(key, value)
                        .build())
                .create();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletedClusterLeavesNothingOfItsPoolers(boolean ownerReferences) {
        kubernetes.cluster().play();
        kubernetes
                .operator()
                .with("enable_owner_references", Boolean.toString(ownerReferences))
                .start();
        var cluster = cluster("acid-gone");
        cluster.apply(manifest("{\"enableConnectionPooler\":true,\"enableReplicaConnectionPooler\":true,"
                + "\"connectionPooler\":{\"user\":\"bouncer\"}}"));
        cluster.awaitReady();
        awaitReady(cluster, "acid-gone-pooler-repl: 2 pods");
        assertThat(userList("acid-gone-pooler")).startsWith("\"bouncer\" ");

        cluster.delete();

        cluster.await("the cluster is gone").until(() -> cluster.read().isEmpty());
        cluster.await("and all of its poolers")
                .until(() -> objects("acid-gone-pooler").isEmpty()
                        && objects("acid-gone-pooler-repl").isEmpty());
        assertThat(kubernetes
                        .client()
                        .secrets()
                        .inNamespace(kubernetes.namespace())
                        .withLabel("cluster-name", "acid-gone")
                        .list()
                        .getItems())
                .isEmpty();
    }

    private void awaitReady(ClusterUnderTest cluster, String words) {
        cluster.await("the poolers are ready: " + words)
                .untilAsserted(() -> assertThat(cluster.condition(CONDITION)).hasValueSatisfying(said -> {
                    assertThat(said.getReason()).isEqualTo("Ready");
                    assertThat(said.getStatus()).isEqualTo("True");
                    assertThat(said.getMessage()).contains(words);
                }));
    }

    private void secondLookCostsNothing(OperatorUnderTest operator, ClusterUnderTest cluster) {
        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);
        var afterwards = kubernetes.auditLog();
        cluster.edit(manifest -> {
            manifest.getMetadata().setLabels(Map.of("owner", "somebody"));
            return manifest;
        });
        afterwards.awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(afterwards.workOf(operator.user())).isEmpty();
    }

    private Deployment brokenPooler(String cluster) {
        var name = cluster + "-pooler";
        var own = Map.of("application", "db-connection-pooler", "connection-pooler", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(kubernetes.namespace())
                .withName(name)
                .withLabels(own)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(own)
                .addToMatchLabels("cluster-name", cluster)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(own)
                .addToLabels("cluster-name", cluster)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("broken")
                .withImage("example.org/broken")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** What exists of a pooler, by kind. */
    private List<String> objects(String pooler) {
        return java.util.stream.Stream.of(
                        Optional.ofNullable(deployment(pooler).get()).map(found -> "Deployment"),
                        Optional.ofNullable(service(pooler).get()).map(found -> "Service"),
                        Optional.ofNullable(secret(pooler + "-u").get()).map(found -> "Secret"))
                .flatMap(Optional::stream)
                .toList();
    }

    private String image(String pooler) {
        return deployment(pooler)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private Map<String, String> templateAnnotations(String pooler) {
        var annotations =
                deployment(pooler).get().getSpec().getTemplate().getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private String userList(String pooler) {
        return value(pooler + "-u", "userlist.txt");
    }

    private String password(String secret) {
        return value(secret, "password");
    }

    private String value(String secret, String key) {
        return new String(
                Base64.getDecoder().decode(secret(secret).get().getData().get(key)), StandardCharsets.UTF_8);
    }

    private void patch(ClusterUnderTest cluster, String patch) {
        kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .withName(cluster.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private Resource<Deployment> deployment(String name) {
        return kubernetes
                .client()
                .apps()
                .deployments()
                .inNamespace(kubernetes.namespace())
                .withName(name);
    }

    private Resource<Service> service(String name) {
        return kubernetes
                .client()
                .services()
                .inNamespace(kubernetes.namespace())
                .withName(name);
    }

    private Resource<Secret> secret(String name) {
        return kubernetes.client().secrets().inNamespace(kubernetes.namespace()).withName(name);
    }

    private ClusterUnderTest cluster(String name) {
        return new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), name, PATIENCE);
    }

    private static Postgresql manifest(String more) {
        return Manifests.sampleWith("minimal.yaml", more);
    }
}
