package dev.patronioperator.cluster;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.desired.DesiredDatabases;
import dev.patronioperator.cluster.desired.DesiredStreams;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.DatabaseObserver;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSessions;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.testkit.ReadyMember;

import static org.assertj.core.api.Assertions.assertThat;

/** When a database that was right is looked into again. */
class ClusterDatabasesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ObjectReader NO_SECRETS = new ObjectReader() {
        @Override
        public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
            return Known.of(Optional.empty());
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> list(
                Class<T> type, String namespace, Map<String, String> labels) {
            return Known.of(List.of());
        }
    };
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));

    private final ClusterModel model =
            ClusterModel.accept(ClusterManifests.with("users: {app: []}"), Settings.defaults());
    private final ClusterDatabases databases =
            answering(new SqlAnswer.Unreachable<>("nobody answers", SqlAnswer.Why.SILENT));

    @Test
    void aSettledClusterCostsNoSession() {
        assertThat(look(led(0, 1), rightWith(led(0, 1)))).isInstanceOf(DatabaseLook.AsBefore.class);
    }

    /** Roles that were made last may be lost with a primary that dies. */
    @Test
    void theDatabaseOfAMemberThatWasPromotedIsLookedInto() {
        assertThat(look(led(1, 2), rightWith(led(0, 1)))).isInstanceOf(DatabaseLook.Silent.class);
    }

    @Test
    void aPasswordThatIsRefusedIsSetOnceAndNotAgainAtOnce() {
        var locked = answering(new SqlAnswer.Unreachable<>("FATAL: no", SqlAnswer.Why.PASSWORD_REFUSED));

        assertThat(look(locked, led(0, 1)))
                .isInstanceOfSatisfying(DatabaseLook.LockedOut.class, look -> assertThat(look.isToBeRestored())
                        .isTrue());
        assertThat(look(locked, led(0, 1)))
                .isInstanceOfSatisfying(DatabaseLook.LockedOut.class, look -> assertThat(look.isToBeRestored())
                        .isFalse());
        assertThat(look(locked, led(0, 1, "edited")))
                .as("another password")
                .isInstanceOfSatisfying(DatabaseLook.LockedOut.class, look -> assertThat(look.isToBeRestored())
                        .isTrue());
    }

    @Test
    void whereNoPasswordLetsInNoneIsSet() {
        var hba = "FATAL: no pg_hba.conf entry for host \"10.0.0.1\", user \"postgres\"";

        assertThat(look(answering(new SqlAnswer.Unreachable<>(hba, SqlAnswer.Why.TURNED_AWAY)), led(0, 1)))
                .isEqualTo(new DatabaseLook.TurnedAway(hba));
    }

    /** Set as a password it would let in, until the roles are compared with their Secrets. */
    @Test
    void aVerifierIsNotTakenForTheSuperusersPassword() {
        var never = answering(new SqlAnswer.Unreachable<>("asked", SqlAnswer.Why.PASSWORD_REFUSED));

        assertThat(look(never, led(0, 1, "md587f77988ccb5aa917c93201ba314fcd4")))
                .isInstanceOfSatisfying(DatabaseLook.TurnedAway.class, look -> assertThat(look.because())
                        .contains("role postgres", "verifier")
                        .doesNotContain("87f77988"));
    }

    private DatabaseLook look(ClusterDatabases of, ObservedCluster observed) {
        return of.look(model, HumanRoles.none(model), observed, Optional.empty(), NO_SECRETS);
    }

    private static ClusterDatabases answering(SqlAnswer.Unreachable<?> answer) {
        return new ClusterDatabases(new DatabaseObserver(new Closed(answer)), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private DatabaseLook look(ObservedCluster observed, String foundRightWith) {
        return databases.look(model, HumanRoles.none(model), observed, Optional.of(foundRightWith), NO_SECRETS);
    }

    private String rightWith(ObservedCluster observed) {
        var wanted = DesiredDatabases.of(model, HumanRoles.none(model), observed.objects());
        return ClusterDatabases.madeFrom(wanted, DesiredStreams.of(model), observed);
    }

    private static ObservedCluster led(int member, int timeline) {
        return led(member, timeline, "secret");
    }

    private static ObservedCluster led(int member, int timeline, String password) {
        var name = "acid-test-" + member;
        var leader = Map.of("leader", name, "ttl", "30", "renewTime", NOW.toString());
        var primary = ReadyMember.of(
                name, member, "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":%d}".formatted(timeline));
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("postgres.acid-test.credentials.postgresql.acid.zalan.do")
                .withUid("uid-2")
                .withResourceVersion(password)
                .endMetadata()
                .addToData("username", SecretText.encoded("postgres"))
                .addToData("password", SecretText.encoded(password))
                .build();
        return new ObservedCluster(
                Map.of(ObjectRef.of(secret), secret),
                List.of(primary),
                List.of(),
                Known.unknown("not installed"),
                new Dcs(PATRONI.leader(leader), PATRONI.config(Map.of()), PATRONI.sync(Map.of())),
                NOW);
    }

    /** Nobody gets in, so that to be asked is seen. */
    private record Closed(SqlAnswer.Unreachable<?> answer) implements SqlSessions {
        @Override
        public <T> SqlAnswer<T> with(SqlServer to, String database, Work<T> work) {
            return new SqlAnswer.Unreachable<>(answer.reason(), answer.why());
        }
    }
}
