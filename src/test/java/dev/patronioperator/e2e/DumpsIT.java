package dev.patronioperator.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.GeneratedFile;
import dev.patronioperator.testkit.Kubelet;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What PostgreSQL's own tools say of roles, databases and grants after each of several manifests, in the major versions that the image has, and that a
 * settled cluster is only ever asked.
 */
@Tag("kubelet")
class DumpsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Path FOLDER = Path.of("src/test/resources/dumps");
    private static final String SUPERUSER = "postgres";

    private static final String OF_THE_IMAGE = "--exclude-schema=user_management|metric_helpers";

    /** Statements that change nothing; DISCARD and the like concern the session alone. */
    private static final String READS =
            "^\\s*(select|with|show|set|reset|begin|start transaction|commit|rollback|discard)\\M";

    @RegisterExtension
    final Kubelet kubernetes = new Kubelet();

    private ClusterUnderTest cluster;

    @ParameterizedTest
    @ValueSource(strings = {"15", "17"})
    void rolesAndGrantsAreAsTheManifestsSayAndAreOnlyReadAfterwards(String version) {
        cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-dumped", PATIENCE);
        var operator = operator().start();
        int count = 0;
        for (var manifest : Manifests.documents(FOLDER.resolve("manifests.yaml"))) {
            apply(manifest, version);
            cluster.awaitReady();
            var file = "%s/after-%d-in-%s.sql".formatted(FOLDER, ++count, version);
            GeneratedFile.of(file).holds(dump("orders"));
        }

        operator.close();
        query("SELECT pg_stat_statements_reset()");
        operator = operator().with("resync_period", "1s").start();
        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);
        var requests = kubernetes.auditLog();
        for (int look = 0; look < 3; look++) {
            var mark = "look " + look;
            var before = looks();
            cluster.edit(manifest -> {
                manifest.getMetadata().getAnnotations().put("touched", mark);
                return manifest;
            });
            cluster.await("the operator has looked again").until(() -> looks() > before);
            requests.awaitQuiet(operator.user(), QUIET, PATIENCE);
        }

        assertThat(requests.workOf(operator.user())).isEmpty();
        assertThat(query("SELECT query FROM pg_stat_statements WHERE query !~* '" + READS + "'"))
                .isEmpty();
    }

    private OperatorUnderTest.Builder operator() {
        return kubernetes
                .operator()
                .with("docker_image", Kubelet.DATABASE_IMAGE)
                .with("connection_pooler_image", Kubelet.POOLER_IMAGE);
    }

    /** How often anybody has asked who is a member of which role. */
    private int looks() {
        return Integer.parseInt(
                query("SELECT coalesce(max(calls), 0) FROM pg_stat_statements WHERE query ~ 'pg_auth_members'")
                        .getFirst());
    }

    private void apply(JsonNode fields, String version) {
        var manifest = (ObjectNode)
                Manifests.documents(Manifests.SAMPLES.resolve("minimal.yaml")).getFirst();
        var spec = manifest.withObject("/spec").put("numberOfInstances", 1);
        spec.withObject("/postgresql").put("version", version);
        spec.setAll((ObjectNode) fields);
        cluster.apply(kubernetes.client().getKubernetesSerialization().convertValue(manifest, Postgresql.class));
    }

    private List<String> query(String statement) {
        return psql().query(primary(), statement);
    }

    private String dump(String database) {
        var roles = psql().output(primary(), "pg_dumpall", "-U", SUPERUSER, "--globals-only", "--no-role-passwords");
        var objects = psql().output(
                        primary(), "pg_dump", "-U", SUPERUSER, "--schema-only", "--create", OF_THE_IMAGE, database);
        return statements(roles) + "\n-- database " + database + "\n" + statements(objects);
    }

    /** Without what concerns the tools themselves, such as a key that is drawn by lot. */
    private static String statements(List<String> dump) {
        return dump.stream()
                .filter(line -> !line.isBlank()
                        && !line.matches("--.*|SET .*|SELECT pg_catalog.set_config.*|\\\\(un)?restrict .*"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Psql psql() {
        return new Psql(kubernetes.client(), kubernetes.namespace());
    }

    private String primary() {
        return cluster.primary().orElseThrow();
    }
}
