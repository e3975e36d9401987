package dev.patronioperator.cluster;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));

    private final ClusterModel model =
            ClusterModel.accept(ClusterManifests.with("users: {app: []}"), Settings.defaults());
    private final ClusterDatabases databases =
            new ClusterDatabases(new DatabaseObserver(new Deaf()), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aSettledClusterCostsNoSession() {
        assertThat(look(led(0, 1), rightWith(led(0, 1)))).isInstanceOf(DatabaseLook.AsBefore.class);
    }

    /** Roles that were made last may be lost with a primary that dies. */
    @Test
    void theDatabaseOfAMemberThatWasPromotedIsLookedInto() {
        assertThat(look(led(1, 2), rightWith(led(0, 1)))).isInstanceOf(DatabaseLook.Silent.class);
    }

    private DatabaseLook look(ObservedCluster observed, String foundRightWith) {
        return databases.look(model, HumanRoles.none(model), observed, Optional.of(foundRightWith));
    }

    private String rightWith(ObservedCluster observed) {
        var wanted = DesiredDatabases.of(model, HumanRoles.none(model), observed.objects());
        return ClusterDatabases.madeFrom(wanted, DesiredStreams.of(model), observed);
    }

    private static ObservedCluster led(int member, int timeline) {
        var name = "acid-test-" + member;
        var leader = Map.of("leader", name, "ttl", "30", "renewTime", NOW.toString());
        var primary = ReadyMember.of(
                name, member, "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":%d}".formatted(timeline));
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("postgres.acid-test.credentials.postgresql.acid.zalan.do")
                .withUid("uid-2")
                .withResourceVersion("1")
                .endMetadata()
                .addToData("username", SecretText.encoded("postgres"))
                .addToData("password", SecretText.encoded("secret"))
                .build();
        return new ObservedCluster(
                Map.of(ObjectRef.of(secret), secret),
                List.of(primary),
                List.of(),
                Known.unknown("not installed"),
                new Dcs(PATRONI.leader(leader), PATRONI.config(Map.of()), PATRONI.sync(Map.of())),
                NOW);
    }

    /** Nobody answers, so that to be asked is seen. */
    private static final class Deaf implements SqlSessions {
        @Override
        public <T> SqlAnswer<T> with(SqlServer to, String database, Work<T> work) {
            return new SqlAnswer.Unreachable<>("nobody answers", false);
        }
    }
}
