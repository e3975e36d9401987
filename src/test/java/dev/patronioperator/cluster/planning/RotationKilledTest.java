package dev.patronioperator.cluster.planning;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operator is killed after every single statement and every single write of a Secret, and its successor finishes what was begun. Who
 * can log in is asked of a real PostgreSQL before, in between and after.
 */
class RotationKilledTest {

    private static final String DUE = "2026-04-01T12:00:01Z";

    private final EmbeddedServer server = EmbeddedServer.shared();

    @Test
    void whileANewLoginTakesOverNobodyIsLockedOut() {
        eachTime("ka", 12, role -> {
            var database = new OperatedDatabase(byLogin(role)).settle();
            var before = database.password(role);
            return new Story(
                    database.at(DUE),
                    () -> assertThat(database.letsIn(role) && database.letsIn(role, before))
                            .isTrue(),
                    () -> {
                        assertThat(database.user(role)).isEqualTo(role + "260401");
                        assertThat(roles(role)).containsExactly(role, role + "260401");
                    });
        });
    }

    @Test
    void whileTheRoleTakesOverAgainNobodyIsLockedOut() {
        eachTime("kb", 3, role -> {
            var database = new OperatedDatabase(byLogin(role)).settle().at(DUE).settle();
            var before = database.password(role);
            return new Story(
                    database.wants("users: {" + role + ": []}\n"),
                    () -> assertThat(database.letsIn(role) && database.letsIn(role + "260401", before))
                            .isTrue(),
                    () -> assertThat(database.user(role)).isEqualTo(role));
        });
    }

    /** One role has one password: it is always one that was in the Secret, so that the successor knows it too. */
    @Test
    void inPlaceThePasswordIsNeverLost() {
        eachTime("kc", 2, role -> {
            var manifest = "users: {" + role + ": []}\nusersWithInPlaceSecretRotation: [" + role + "]\n";
            var database = new OperatedDatabase(manifest).settle();
            var before = database.password(role);
            return new Story(
                    database.at(DUE),
                    () -> assertThat(database.letsIn(role, before) || database.letsIn(role))
                            .isTrue(),
                    () -> assertThat(database.password(role)).isNotEqualTo(before));
        });
    }

    @Test
    void whileALoginOfOldIsDroppedWhatItOwnsIsKept() {
        eachTime("kd", 5, role -> {
            var database = new OperatedDatabase(byLogin(role)).settle();
            server.with("postgres", session -> {
                session.execute(Sql.of("CREATE ROLE ? LOGIN IN ROLE ?", Sql.name(role + "250101"), Sql.name(role)));
                session.execute(Sql.of("CREATE SCHEMA ? AUTHORIZATION ?", Sql.name(role), Sql.name(role + "250101")));
                return true;
            });
            return new Story(
                    database.at("2026-01-02T00:00:00Z"),
                    () -> assertThat(database.letsIn(role)).isTrue(),
                    () -> {
                        assertThat(roles(role)).containsExactly(role);
                        assertThat(ownerOfSchema(role)).containsExactly(role);
                    });
        });
    }

    /**
     * @param untouched what must be true at every moment
     * @param finished what must be true in the end
     */
    private record Story(OperatedDatabase database, Runnable untouched, Runnable finished) {}

    @FunctionalInterface
    private interface Beginning {
        Story of(String role);
    }

    /** One run for every effect that the story has, each killed after another one, until a run ends before it would be killed. */
    private static void eachTime(String prefix, int fewest, Beginning beginning) {
        for (int effect = 1; ; effect++) {
            var role = prefix + "_" + "x".repeat(effect);
            var story = beginning.of(role);
            story.untouched().run();
            boolean killed = story.database().dyingAfter(effect).isKilledWhileSettling();
            story.untouched().run();
            story.database().settle();
            story.untouched().run();
            story.finished().run();
            assertThat(story.database().letsIn(role)).isTrue();
            if (!killed) {
                assertThat(effect - 1).as("effects of the whole story").isGreaterThanOrEqualTo(fewest);
                return;
            }
        }
    }

    private List<String> roles(String role) {
        return server.with(
                "postgres",
                session -> session.query(
                        Sql.of(
                                "SELECT rolname FROM pg_roles WHERE rolname ~ ? ORDER BY 1",
                                Sql.value("^" + role + "[0-9]*$")),
                        row -> row.getString(1)));
    }

    private List<String> ownerOfSchema(String schema) {
        return server.with(
                "postgres",
                session -> session.query(
                        Sql.of("SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = ?", Sql.value(schema)),
                        row -> row.getString(1)));
    }

    private static String byLogin(String role) {
        return "users: {" + role + ": []}\nusersWithSecretRotation: [" + role + "]\n";
    }
}
