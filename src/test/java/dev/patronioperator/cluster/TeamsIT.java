package dev.patronioperator.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.PostgresTeam;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The packaged operator, with the rights that it is installed with, reads resources and asks the Teams API for the members of teams. */
@Tag("apiserver")
class TeamsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN = "a-token";

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    private HttpServer teams;

    @BeforeEach
    void playTheTeamsApi() throws IOException {
        teams = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        teams.createContext("/", exchange -> {
            boolean letIn =
                    ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean known = exchange.getRequestURI().getPath().equals("/api/teams/acid");
            var answer = "{\"member\": [\"anna\"]}".getBytes(UTF_8);
            exchange.sendResponseHeaders(letIn ? known ? 200 : 404 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        teams.start();
    }

    @AfterEach
    void stop() {
        teams.stop(0);
    }

    @Test
    void membersFollowResourcesAndTheTeamsApi() {
        kubernetes.cluster().play();
        kubernetes
                .operator()
                .with("enable_database_access", "true")
                .with("enable_postgres_team_crd", "true")
                .with("enable_teams_api", "true")
                .with("teams_api_url", "http://127.0.0.1:" + teams.getAddress().getPort() + "/api/")
                .with("oauth_token_secret_name", kubernetes.namespace() + "/teams-token")
                .start();
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-teams", PATIENCE);
        cluster.apply(Manifests.sample("minimal.yaml"));
        cluster.await("the token is missed")
                .until(() -> says(cluster, "False", "Secret " + kubernetes.namespace() + "/teams-token"));

        makeToken();
        cluster.await("the Teams API is asked").until(() -> says(cluster, "True", "1 members"));

        apply("additionalMembers: {acid: [ben, \"carl\"]}");
        cluster.await("members of a resource count").until(() -> says(cluster, "True", "3 members"));

        apply("{additionalTeams: {acid: [virtual]}, additionalMembers: {virtual: [dora]}}");
        cluster.await("a changed resource counts").until(() -> says(cluster, "True", "2 members"));

        kubernetes
                .client()
                .resources(PostgresTeam.class)
                .inNamespace(kubernetes.namespace())
                .withName("more")
                .delete();
        cluster.await("a removed resource does not").until(() -> says(cluster, "True", "1 members"));
    }

    private void makeToken() {
        kubernetes
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("teams-token")
                        .withNamespace(kubernetes.namespace())
                        .endMetadata()
                        .addToStringData("read-only-token-type", "Bearer")
                        .addToStringData("read-only-token-secret", TOKEN)
                        .build())
                .create();
    }

    private void apply(String spec) {
        var resource = new KubernetesSerialization().unmarshal("spec:\n" + spec.indent(2), PostgresTeam.class);
        resource.getMetadata().setName("more");
        resource.getMetadata().setNamespace(kubernetes.namespace());
        kubernetes.client().resource(resource).createOr(existing -> existing.update());
    }

    private static boolean says(ClusterUnderTest cluster, String status, String message) {
        return cluster.condition("TeamMembersKnown")
                .filter(condition -> status.equals(condition.getStatus()))
                .filter(condition -> condition.getMessage().contains(message))
                .isPresent();
    }
}
