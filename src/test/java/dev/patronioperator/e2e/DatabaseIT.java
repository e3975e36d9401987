package dev.patronioperator.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Kubelet;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a manifest's owner finds inside the database, on a real cluster with the real operator. */
@Tag("kubelet")
class DatabaseIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NAME = "acid-inside";

    @RegisterExtension
    final Kubelet kubernetes = new Kubelet();

    private ClusterUnderTest cluster;
    private OperatorUnderTest operator;

    @BeforeEach
    void startOperator() {
        cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), NAME, PATIENCE);
        operator = start();
    }

    private OperatorUnderTest start() {
        return kubernetes
                .operator()
                .with("docker_image", Kubelet.DATABASE_IMAGE)
                .start();
    }

    @Test
    void rolesAndDatabasesAreAsTheManifestSaysAndStayUntouched() {
        create(spec -> {
            spec.withObject("/users").putArray("app_owner").add("createdb");
            spec.withObject("/users").putArray("app_user");
            spec.withObject("/databases").put("app", "app_owner");
            spec.withObject("/preparedDatabases/orders").put("defaultUsers", true);
            spec.withObject("/preparedDatabases/orders/extensions").put("pg_trgm", "data");
        });

        assertThat(sql("SELECT rolname, rolcreatedb FROM pg_roles WHERE rolname LIKE 'app%' ORDER BY 1"))
                .containsExactly("app_owner|t", "app_user|f");
        assertThat(
                        sql(
                                "SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE datname IN ('app', 'orders') ORDER BY 1"))
                .containsExactly("app|app_owner", "orders|orders_owner");
        assertThat(login("app_user", "app", "SELECT current_user")).containsExactly("app_user");
        login("orders_owner_user", "orders", "CREATE TABLE data.bought (item text)");
        login("orders_writer_user", "orders", "INSERT INTO data.bought VALUES ('tea')");
        assertThat(login("orders_reader_user", "orders", "SELECT item FROM data.bought"))
                .containsExactly("tea");

        var catalog = sql("SELECT xmin, * FROM pg_authid ORDER BY oid");
        operator.close();
        operator = start();
        cluster.edit(manifest -> {
            manifest.getMetadata().getAnnotations().put("touched", "yes");
            return manifest;
        });
        cluster.awaitReady();
        assertThat(sql("SELECT xmin, * FROM pg_authid ORDER BY oid")).isEqualTo(catalog);
    }

    @Test
    void theDatabaseFollowsASecretThatIsEditedAndThenRotated() {
        create(spec -> {
            spec.withObject("/users").putArray("app_user");
            spec.putArray("usersWithSecretRotation").add("app_user");
        });

        kubernetes.editSecret(secret("app-user"), "password", "chosen by 'hand'");

        cluster.await("the new password lets in")
                .ignoreExceptions()
                .until(() -> login("app_user", "postgres", "SELECT 1").equals(List.of("1")));

        kubernetes.editSecret(secret("app-user"), "nextRotation", "2026-01-01T00:00:00Z");

        cluster.await("another login takes over").untilAsserted(() -> assertThat(secretValue("app_user", "username"))
                .matches("app_user\\d{6}"));
        assertThat(login("app_user", secretValue("app_user", "username"), "postgres", "SELECT current_user"))
                .containsExactly("app_user");
        cluster.await("the next date is told").untilAsserted(() -> assertThat(
                        cluster.read().orElseThrow().getStatus().database().rotations())
                .singleElement()
                .satisfies(next -> {
                    assertThat(next.login()).isEqualTo(secretValue("app_user", "username"));
                    assertThat(next.next()).isEqualTo(secretValue("app_user", "nextRotation"));
                }));
    }

    @Test
    void anOperatorThatIsLockedOutLetsItselfInAgain() {
        create(spec -> spec.withObject("/users").putArray("app_user"));
        sql("ALTER ROLE postgres PASSWORD 'another'");

        cluster.editSpec(spec -> spec.withObject("/users").putArray("late_user").add("login"));

        cluster.awaitReady();
        assertThat(login("late_user", "postgres", "SELECT 1")).containsExactly("1");
        assertThat(login("postgres", "postgres", "SELECT 1")).containsExactly("1");
    }

    @Test
    void oneStatementThatFailsIsNamedAndTheOthersGoOn() {
        create(spec -> {});

        cluster.editSpec(spec -> {
            spec.withObject("/preparedDatabases/stock/extensions").put("no_such_extension", "data");
            spec.withObject("/users").putArray("late_user").add("login");
        });

        cluster.await("the failure is reported")
                .untilAsserted(() -> assertThat(cluster.condition("Ready")).hasValueSatisfying(ready -> {
                    assertThat(ready.getStatus()).isEqualTo("False");
                    assertThat(ready.getReason()).isEqualTo("DatabaseDiffers");
                    assertThat(ready.getMessage()).contains("extension no_such_extension in stock", "SQLSTATE 0A000");
                }));
        assertThat(login("late_user", "stock", "SELECT 1")).containsExactly("1");
    }

    private void create(Consumer<ObjectNode> change) {
        var manifest = (ObjectNode)
                Manifests.documents(Manifests.SAMPLES.resolve("minimal.yaml")).getFirst();
        change.accept(manifest.withObject("/spec").put("numberOfInstances", 1));
        cluster.apply(kubernetes.client().getKubernetesSerialization().convertValue(manifest, Postgresql.class));
        cluster.awaitReady();
    }

    private List<String> sql(String statement) {
        return new Psql(kubernetes.client(), kubernetes.namespace())
                .query(cluster.primary().orElseThrow(), statement);
    }

    /** With the credentials that an application finds in its Secret, over the network. */
    private List<String> login(String user, String database, String statement) {
        return login(user, user, database, statement);
    }

    private List<String> login(String role, String user, String database, String statement) {
        return new Psql(kubernetes.client(), kubernetes.namespace())
                .queryAs(cluster.primary().orElseThrow(), user, secretValue(role, "password"), database, statement);
    }

    private String secretValue(String role, String key) {
        var encoded = kubernetes
                .client()
                .secrets()
                .inNamespace(kubernetes.namespace())
                .withName(secret(role.replace('_', '-')))
                .get()
                .getData()
                .get(key);
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static String secret(String user) {
        return user + "." + NAME + ".credentials.postgresql.acid.zalan.do";
    }
}
