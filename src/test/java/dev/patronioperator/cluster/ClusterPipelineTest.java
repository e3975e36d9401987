package dev.patronioperator.cluster;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.AdoptionRecord;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.DatabaseObserver;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.PoolerPause;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.OperatorNamespace;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Held;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSessions;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.settings.value.NamespacedName;
import dev.patronioperator.teams.TeamAnswer;
import dev.patronioperator.testkit.ReadyMember;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Who is asked what before anything is done. */
class ClusterPipelineTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));

    private final List<String> asked = new ArrayList<>();
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    private final Settings settings = Settings.defaults()
            .with(TeamsParameters.ENABLE_TEAMS_API, true)
            .with(TeamsParameters.TEAMS_API_URL, "https://teams.corp")
            .with(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD, false)
            .with(KubernetesParameters.OAUTH_TOKEN_SECRET_NAME, Optional.of(NamespacedName.of("token")));
    private final Postgresql manifest = ClusterManifests.with("enableConnectionPooler: true\n");
    private final ClusterModel model = ClusterModel.accept(manifest, settings);

    private final ClusterPipeline pipeline = new ClusterPipeline(
            null,
            new TeamMemberSource(
                    new OperatorNamespace(Optional.of("operators"), new KubernetesClientBuilder().build()),
                    (access, team) -> {
                        asked.add("Teams API");
                        return new TeamAnswer.Members(List.of("anna"));
                    }),
            new ClusterDatabases(new DatabaseObserver(new Sessions()), clock),
            null,
            clock);

    @Test
    void nobodyIsAskedBeforeClientsOfThePoolerGoOn() {
        assertThat(lookInside(new PoolerPause(NOON.minusSeconds(3), "acid-test-0", List.of("pooler-a"))))
                .isInstanceOf(DatabaseLook.NotYet.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void aPoolerThatCannotBeToldDoesNotHoldUpTheRestForEver() {
        lookInside(new PoolerPause(NOON.minusSeconds(120), "acid-test-0", List.of("pooler-a")));

        assertThat(asked).containsExactly("Teams API", "database");
    }

    @Test
    void aPauseThatWasGivenUpHoldsUpNothing() {
        lookInside(new PoolerPause(NOON.minusSeconds(3), "acid-test-0", List.of()));

        assertThat(asked).containsExactly("Teams API", "database");
    }

    private DatabaseLook lookInside(PoolerPause pause) {
        var inForce = new ManifestInForce(
                Optional.of(model),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new AdoptionRecord(false, Optional.empty(), Held.NOTHING));
        var look = new ClusterLook(inForce, Optional.empty(), Known.of(observed(pause)), Plan.EMPTY);
        return pipeline.lookInside(manifest, settings, new Tokens(), look).database();
    }

    private static ObservedCluster observed(PoolerPause pause) {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("acid-test")
                .addToAnnotations(PoolerPause.ANNOTATION, pause.text())
                .endMetadata()
                .build();
        var secret = secret().withNewMetadata()
                .withNamespace("ns")
                .withName("postgres.acid-test.credentials.postgresql.acid.zalan.do")
                .endMetadata()
                .build();
        var leader = Map.of("leader", "acid-test-1", "ttl", "30", "renewTime", NOON.toString());
        return new ObservedCluster(
                Map.of(ObjectRef.of(service), service, ObjectRef.of(secret), secret),
                List.of(ReadyMember.of(
                        "acid-test-1", 1, "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":2}")),
                List.of(),
                Known.unknown("not installed"),
                new Dcs(PATRONI.leader(leader), PATRONI.config(Map.of()), PATRONI.sync(Map.of())),
                NOON);
    }

    private static SecretBuilder secret() {
        return new SecretBuilder()
                .addToData("username", encoded("postgres"))
                .addToData("password", encoded("secret"))
                .addToData("read-only-token-type", encoded("Bearer"))
                .addToData("read-only-token-secret", encoded("abc"));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** Has the token for the Teams API. */
    private static final class Tokens implements ObjectReader {
        @Override
        public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
            return Known.of(Optional.of(secret().build())
                    .filter(ignored -> type == Secret.class)
                    .map(type::cast));
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> list(
                Class<T> type, String namespace, Map<String, String> labels) {
            return Known.of(List.of());
        }
    }

    private final class Sessions implements SqlSessions {
        @Override
        public <T> SqlAnswer<T> with(SqlServer to, String database, Work<T> work) {
            asked.add("database");
            return new SqlAnswer.Unreachable<>("nobody answers", SqlAnswer.Why.SILENT);
        }
    }
}
