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
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
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
    void usersLogInThroughThePoolerWithTheirOwnPasswordsAndNoticeNothingOfWhatIsPlanned() throws Exception {
        create();
        assertThat(sql("SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'app_user'"))
                .containsExactly("t");
        assertThat(ask("postgres", "SELECT current_user")).isEqualTo("app_user");
        assertThat(ask("postgres", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .as("encrypted up to the server")
                .isEqualTo("t");
        assertThatExceptionOfType(SQLException.class)
                .as("a client that does not encrypt")
                .isThrownBy(() -> connect("postgres", credentials(), "disable"));
        assertThatExceptionOfType(SQLException.class)
                .as("a wrong password")
                .isThrownBy(() -> connect("postgres", new Credentials("app_user", "wrong")));

        assertThat(ask("postgres", "SHOW search_path"))
                .as("a startup parameter that is let through because the manifest says so")
                .isEqualTo("\"$user\", public");

        cluster.editSpec(spec -> spec.withObject("/databases").put("later", "app_user"));
        cluster.awaitReady();
        assertThat(ask("later", "SELECT current_database()")).isEqualTo("later");

        manyClientsShareFewServerConnections();

        chooseAnotherPassword("chosen by 'hand'");
        cluster.await("the new password lets in").ignoreExceptions().until(() -> ask("later", "SELECT current_user")
                .equals("app_user"));
        rotationSwitchoverAndRestartGoUnnoticed();
    }

    /** First another user takes over the role, then all pods of the database are made anew and the primary moves, then PostgreSQL restarts. */
    private void rotationSwitchoverAndRestartGoUnnoticed() throws Exception {
        try (var connection = connect("later", credentials());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE written (at timestamptz DEFAULT now())");
        }
        try (var secrets = kubernetes
                        .client()
                        .secrets()
                        .inNamespace(kubernetes.namespace())
                        .withName(secret())
                        .inform();
                var clients = new PooledClients(
                        CLIENTS,
                        () -> connect(
                                "later", credentials(secrets.getStore().list().getFirst())))) {
            cluster.await("all clients are connected").until(clients::areAllConnected);

            kubernetes.editSecret(secret(), "nextRotation", "2026-01-01T00:00:00Z");
            cluster.await("another user has taken over")
                    .until(() -> credentials().user().matches("app_user\\d{6}"));

            var primary = cluster.primary();
            cluster.editSpec(spec -> spec.put("dockerImage", Kubelet.OTHER_DATABASE_IMAGE));
            cluster.await("all pods have the new image").until(() -> cluster.pods().stream()
                    .allMatch(pod ->
                            pod.getSpec().getContainers().getFirst().getImage().equals(Kubelet.OTHER_DATABASE_IMAGE)));
            cluster.awaitReady();
            assertThat(cluster.primary()).isNotEqualTo(primary);
            assertThat(planned()).anyMatch(plan -> plan.contains("Pause pooler " + POOLER));

            cluster.editSpec(spec -> spec.withObject("/postgresql/parameters").put("max_connections", "120"));
            cluster.await("PostgreSQL has restarted").ignoreExceptions().until(() -> sql("SHOW max_connections")
                    .contains("120"));
            cluster.awaitReady();

            System.out.println("rotation, planned switchover and restart: " + clients.logins() + " logins, "
                    + clients.writes() + " writes, the longest of which took " + clients.longestWait());
            assertThat(clients.failedLogins()).as("failed logins").isEmpty();
            assertThat(clients.failedWrites()).as("failed queries").isEmpty();
            assertThat(clients.writes()).isGreaterThan(CLIENTS);
        }
    }

    /** The plans that were announced. */
    private List<String> planned() {
        return kubernetes
                .client()
                .v1()
                .events()
                .inNamespace(kubernetes.namespace())
                .withField("reason", "Planned")
                .list()
                .getItems()
                .stream()
                .map(Event::getMessage)
                .toList();
    }

    /** All are connected at the same time, and each has its answer. */
    private void manyClientsShareFewServerConnections() throws Exception {
        var credentials = credentials();
        var connections = new ArrayList<Connection>();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (var connection : clients.invokeAll(times(() -> connect("later", credentials)))) {
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
        var spec = manifest.withObject("/spec").put("numberOfInstances", 2).put("enableConnectionPooler", true);
        spec.withObject("/users").putArray("app_user");
        spec.putArray("usersWithSecretRotation").add("app_user");
        spec.withObject("/connectionPooler").put("numberOfInstances", 2).put("maxDBConnections", SERVER_CONNECTIONS);
        spec.withObject("/connectionPooler/parameters")
                .put("server_idle_timeout", "60")
                .put("ignore_startup_parameters", "extra_float_digits,options,search_path");
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

    private void chooseAnotherPassword(String password) {
        kubernetes.editSecret(secret(), "password", password);
    }

    private String ask(String database, String question) throws SQLException {
        try (var connection = connect(database, credentials())) {
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

    private record Credentials(String user, String password) {}

    private Connection connect(String database, Credentials credentials) throws SQLException {
        return connect(database, credentials, "require");
    }

    private Connection connect(String database, Credentials credentials, String tls) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", credentials.user());
        properties.setProperty("currentSchema", "elsewhere");
        properties.setProperty("password", credentials.password());
        properties.setProperty("sslmode", tls);
        return DriverManager.getConnection("jdbc:postgresql://" + address + ":5432/" + database, properties);
    }

    private List<String> sql(String statement) {
        return new Psql(kubernetes.client(), kubernetes.namespace())
                .query(cluster.primary().orElseThrow(), statement);
    }

    /** Both from one reading: they change together. */
    private Credentials credentials() {
        return credentials(kubernetes
                .client()
                .secrets()
                .inNamespace(kubernetes.namespace())
                .withName(secret())
                .get());
    }

    private static Credentials credentials(Secret secret) {
        return new Credentials(
                decoded(secret.getData().get("username")),
                decoded(secret.getData().get("password")));
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private static String secret() {
        return "app-user." + NAME + ".credentials.postgresql.acid.zalan.do";
    }
}
