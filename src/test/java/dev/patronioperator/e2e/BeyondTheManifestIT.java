package dev.patronioperator.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.api.PostgresTeam;
import dev.patronioperator.api.PostgresTeamSpec;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.EventStreamDefinition;
import dev.patronioperator.testkit.Kubelet;
import dev.patronioperator.testkit.Manifests;

import static org.assertj.core.api.Assertions.assertThat;

/** What a real cluster has from elsewhere, roles of all clusters and members of teams, and what it gives to others, streams of events. */
@Tag("kubelet")
class BeyondTheManifestIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NAME = "acid-beyond";

    @RegisterExtension
    final Kubelet kubernetes = new Kubelet();

    private ClusterUnderTest cluster;

    @Test
    void rolesOfOthersComeAndGoAndStreamsDoToo() {
        kubernetes.client().resource(EventStreamDefinition.get()).serverSideApply();
        makeInfrastructureRole();
        makeTeam("anna", "ben");
        kubernetes
                .operator()
                .with("docker_image", Kubelet.DATABASE_IMAGE)
                .with("infrastructure_roles_secret_name", "common-roles")
                .with("enable_postgres_team_crd", "true")
                .with("enable_team_member_deprecation", "true")
                .with("role_deletion_suffix", "_gone")
                .start();
        cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), NAME, PATIENCE);
        cluster.apply(manifest());
        cluster.awaitReady();

        assertThat(login("robot_metrics", "postgres", "SELECT current_user")).containsExactly("robot_metrics");
        assertThat(members()).containsExactly("anna|t", "ben|t");

        login("shop_owner", "shop", "CREATE TABLE orders (id int PRIMARY KEY, item text)");
        cluster.editSpec(spec -> spec.set(
                "streams",
                Manifests.tree("[{applicationId: web, database: shop, tables: {orders: {eventType: ordered}}}]")));
        cluster.await("the stream is made").until(() -> streams().size() == 1);
        cluster.awaitReady();
        assertThat(sql(
                        "postgres",
                        "SELECT slot_name, plugin, database FROM pg_replication_slots WHERE slot_type = 'logical'"))
                .containsExactly("fes_shop_web|pgoutput|shop");
        assertThat(sql("shop", "SELECT pubname, tablename FROM pg_publication_tables"))
                .containsExactly("fes_shop_web|orders");

        makeTeam("ben");
        cluster.await("who left is locked")
                .untilAsserted(() -> assertThat(members()).containsExactly("anna_gone|f", "ben|t"));

        cluster.editSpec(spec -> spec.putNull("streams"));
        cluster.await("the stream is gone").until(() -> streams().isEmpty());
        cluster.await("and what it read from").untilAsserted(() -> {
            assertThat(sql("postgres", "SELECT slot_name FROM pg_replication_slots WHERE slot_type = 'logical'"))
                    .isEmpty();
            assertThat(sql("shop", "SELECT pubname FROM pg_publication")).isEmpty();
        });
        cluster.awaitReady();
    }

    private static Postgresql manifest() {
        return Manifests.sampleWith(
                "minimal.yaml", "{numberOfInstances: 1, users: {shop_owner: []}, databases: {shop: shop_owner}}");
    }

    private void makeInfrastructureRole() {
        kubernetes
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("common-roles")
                        .withNamespace(kubernetes.namespace())
                        .endMetadata()
                        .addToStringData("user1", "robot_metrics")
                        .addToStringData("password1", "it's \\ a secret")
                        .build())
                .create();
    }

    private void makeTeam(String... members) {
        var team = new PostgresTeam();
        team.setMetadata(new ObjectMetaBuilder()
                .withName("more")
                .withNamespace(kubernetes.namespace())
                .build());
        team.setSpec(new PostgresTeamSpec(Map.of(), Map.of(), Map.of("acid", List.of(members))));
        kubernetes.client().resource(team).fieldManager("owner").serverSideApply();
    }

    private List<FabricEventStream> streams() {
        return kubernetes
                .client()
                .resources(FabricEventStream.class)
                .inNamespace(kubernetes.namespace())
                .list()
                .getItems();
    }

    private List<String> members() {
        return sql("postgres", "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname ~ '^(anna|ben)' ORDER BY 1");
    }

    private List<String> sql(String database, String statement) {
        return psql().query(primary(), database, statement);
    }

    /** With the credentials of the role's Secret, over the network. */
    private List<String> login(String role, String database, String statement) {
        var secret = kubernetes
                .client()
                .secrets()
                .inNamespace(kubernetes.namespace())
                .withName(role.replace('_', '-') + "." + NAME + ".credentials.postgresql.acid.zalan.do")
                .get();
        var password = new String(Base64.getDecoder().decode(secret.getData().get("password")), StandardCharsets.UTF_8);
        return psql().queryAs(primary(), role, password, database, statement);
    }

    private Psql psql() {
        return new Psql(kubernetes.client(), kubernetes.namespace());
    }

    private String primary() {
        return cluster.primary().orElseThrow();
    }
}
