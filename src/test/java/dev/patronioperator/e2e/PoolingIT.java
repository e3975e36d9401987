package dev.patronioperator.e2e;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Kubelet;
import dev.patronioperator.testkit.Manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What an application finds behind a pooler, with a real PgBouncer in front of a real cluster. */
@Tag("kubelet")
class PoolingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NAME = "acid-pooled";
    private static final String POOLER = NAME + "-pooler";
    private static final int CLIENTS = 200;
    private static final int SERVER_CONNECTIONS = 20;

    @RegisterExtension
    final Kubelet kubernetes = new Kubelet();

    private ClusterUnderTest cluster;
    private String address;

    @BeforeEach
    void startOperator() {
        cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), NAME, PATIENCE);
        kubernetes
                .operator()
                .with("docker_image", Kubelet.DATABASE_IMAGE)
                .with("connection_pooler_image", Kubelet.POOLER_IMAGE)
                .start();
    }

    @Test
    void usersLogInThroughThePoolerWithTheirOwnPasswords() throws Exception {
        create();
        assertThat(sql("SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'app_user'"))
                .containsExactly("t");
        assertThat(ask("postgres", "SELECT current_user")).isEqualTo("app_user");
        assertThat(ask("postgres", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .as("encrypted up to the server")
                .isEqualTo("t");
        assertThatExceptionOfType(SQLException.class)
                .as("a client that does not encrypt")
                .isThrownBy(() -> connect("postgres", password(), "disable"));
        assertThatExceptionOfType(SQLException.class)
                .as("a wrong password")
                .isThrownBy(() -> connect("postgres", "wrong", "require"));

        edit(spec -> spec.withObject("/databases").put("later", "app_user"));
        cluster.awaitReady();
        assertThat(ask("later", "SELECT current_database()")).isEqualTo("later");

        manyClientsShareFewServerConnections();

        chooseAnotherPassword("chosen by 'hand'");
        cluster.await("the new password lets in").ignoreExceptions().until(() -> ask("later", "SELECT current_user")
                .equals("app_user"));
    }

    /** All are connected at the same time, and each has its answer. */
    private void manyClientsShareFewServerConnections() throws Exception {
        var password = password();
        var connections = new ArrayList<Connection>();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (var connection : clients.invokeAll(times(() -> connect("later", password, "require")))) {
                connections.add(connection.get());
            }
            var answers = clients.invokeAll(connections.stream()
                    .map(connection -> (Callable<String>) () -> answer(connection, "SELECT current_user"))
                    .toList());
            assertThat(answers).hasSize(CLIENTS).extracting(Future::get).containsOnly("app_user");
            assertThat(Integer.parseInt(
                            sql("SELECT count(*) FROM pg_stat_activity WHERE datname = 'later' AND usename = 'app_user'")
                                    .getFirst()))
                    .isBetween(1, SERVER_CONNECTIONS);
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    private static <T> List<Callable<T>> times(Callable<T> task) {
        return IntStream.range(0, CLIENTS).mapToObj(ignored -> task).toList();
    }

    private void create() {
        var manifest = (ObjectNode)
                Manifests.documents(Manifests.SAMPLES.resolve("minimal.yaml")).getFirst();
        var spec = manifest.withObject("/spec").put("numberOfInstances", 1).put("enableConnectionPooler", true);
        spec.withObject("/users").putArray("app_user");
        spec.withObject("/connectionPooler").put("numberOfInstances", 1).put("maxDBConnections", SERVER_CONNECTIONS);
        cluster.apply(kubernetes.client().getKubernetesSerialization().convertValue(manifest, Postgresql.class));
        cluster.awaitReady();
        cluster.await("the pooler is ready").until(() -> cluster.condition("PoolerReady")
                .filter(ready -> ready.getStatus().equals("True"))
                .isPresent());
        address = kubernetes
                .client()
                .services()
                .inNamespace(kubernetes.namespace())
                .withName(POOLER)
                .get()
                .getSpec()
                .getClusterIP();
    }

    private void edit(Consumer<ObjectNode> change) {
        var serialization = kubernetes.client().getKubernetesSerialization();
        cluster.edit(manifest -> {
            var tree = serialization.convertValue(manifest, ObjectNode.class);
            change.accept(tree.withObject("/spec"));
            return serialization.convertValue(tree, Postgresql.class);
        });
    }

    private void chooseAnotherPassword(String password) {
        kubernetes
                .client()
                .secrets()
                .inNamespace(kubernetes.namespace())
                .withName(secret())
                .edit(secret -> new SecretBuilder(secret)
                        .addToData(
                                "password",
                                Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)))
                        .build());
    }

    private String ask(String database, String question) throws SQLException {
        try (var connection = connect(database, password(), "require")) {
            return answer(connection, question);
        }
    }

    private static String answer(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private Connection connect(String database, String password, String tls) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "app_user");
        properties.setProperty("password", password);
        properties.setProperty("sslmode", tls);
        return DriverManager.getConnection("jdbc:postgresql://" + address + ":5432/" + database, properties);
    }

    private List<String> sql(String statement) {
        return new Psql(kubernetes.client(), kubernetes.namespace())
                .query(cluster.primary().orElseThrow(), statement);
    }

    private String password() {
        var encoded = kubernetes
                .client()
                .secrets()
                .inNamespace(kubernetes.namespace())
                .withName(secret())
                .get()
                .getData()
                .get("password");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static String secret() {
        return "app-user." + NAME + ".credentials.postgresql.acid.zalan.do";
    }
}
