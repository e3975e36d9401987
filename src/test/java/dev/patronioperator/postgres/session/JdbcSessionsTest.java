package dev.patronioperator.postgres.session;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;
import dev.patronioperator.testkit.SelfSigned;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcSessionsTest {

    private final EmbeddedServer server = EmbeddedServer.shared();
    private final JdbcSessions sessions = new JdbcSessions();

    @Test
    void aSessionIsEncryptedNamedAndBounded() {
        var settings = server.with(
                "postgres",
                session -> session.query(
                        Sql.of(
                                "SELECT concat_ws(?, current_setting(?), current_setting(?), current_setting(?), ssl) FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                                Sql.value("|"),
                                Sql.value("application_name"),
                                Sql.value("statement_timeout"),
                                Sql.value("search_path")),
                        row -> row.getString(1)));

        assertThat(settings).containsExactly("patroni-operator|30s|pg_catalog,pg_temp|t");
    }

    /** Also a legitimate freeze: the server itself is no replica for that. */
    @Test
    void whatTheOwnerOfADatabaseHasSetDoesNotCount() {
        server.with("postgres", session -> {
            session.execute(Sql.of("DROP DATABASE IF EXISTS ?", Sql.name("frozen")));
            session.execute(Sql.of("CREATE DATABASE ?", Sql.name("frozen")));
            session.execute(Sql.of("ALTER DATABASE ? SET default_transaction_read_only TO on", Sql.name("frozen")));
            session.execute(Sql.of("ALTER DATABASE ? SET idle_session_timeout TO 5000", Sql.name("frozen")));
            session.execute(Sql.of("ALTER DATABASE ? SET transaction_timeout TO 5000", Sql.name("frozen")));
            return true;
        });

        var found = sessions.with(
                server.superuser(),
                "frozen",
                session -> session.query(
                        Sql.of(
                                "SELECT concat_ws(?, current_setting(?), current_setting(?), current_setting(?))",
                                Sql.value("|"),
                                Sql.value("transaction_read_only"),
                                Sql.value("idle_session_timeout"),
                                Sql.value("transaction_timeout")),
                        row -> row.getString(1)));
        server.with("postgres", session -> {
            session.execute(Sql.of("DROP DATABASE ?", Sql.name("frozen")));
            return true;
        });

        assertThat(found).isEqualTo(new SqlAnswer.Done<>(List.of("off|0|0")));
    }

    @Test
    void anUnknownHostIsPassedOver() {
        assertThat(sessions.with(server.behindDeadHost(), "postgres", session -> true))
                .isEqualTo(new SqlAnswer.Done<>(true));
    }

    @Test
    void aWrongPasswordIsToldFromADeadServer() {
        assertThat(sessions.with(server.as("postgres", "wrong"), "postgres", session -> true))
                .isInstanceOfSatisfying(SqlAnswer.Unreachable.class, unreachable -> assertThat(unreachable.why())
                        .isEqualTo(SqlAnswer.Why.PASSWORD_REFUSED));
        assertThat(sessions.with(
                        new SqlServer(List.of("127.0.0.1"), 1, "postgres", "x", Optional.empty()),
                        "postgres",
                        session -> true))
                .isInstanceOfSatisfying(SqlAnswer.Unreachable.class, unreachable -> assertThat(unreachable.why())
                        .isEqualTo(SqlAnswer.Why.SILENT));
    }

    @Test
    void whomNoPasswordWouldLetInIsToldFromAWrongPassword() {
        server.with("postgres", session -> {
            session.execute(Sql.of("DROP ROLE IF EXISTS ?", Sql.name("locked_one")));
            session.execute(Sql.of("CREATE ROLE ? NOLOGIN PASSWORD ?", Sql.name("locked_one"), Sql.value("right")));
            return true;
        });

        assertThat(sessions.with(server.as("locked_one", "right"), "postgres", session -> true))
                .isInstanceOfSatisfying(SqlAnswer.Unreachable.class, unreachable -> {
                    assertThat(unreachable.why()).isEqualTo(SqlAnswer.Why.TURNED_AWAY);
                    assertThat(unreachable.reason()).contains("role \"locked_one\" is not permitted to log in");
                });

        server.with("postgres", session -> {
            session.execute(
                    Sql.of("ALTER ROLE ? LOGIN VALID UNTIL ?", Sql.name("locked_one"), Sql.value("2001-01-01")));
            return true;
        });
        assertThat(sessions.with(server.as("locked_one", "right"), "postgres", session -> true))
                .as("the server does not tell an old password from a wrong one")
                .isInstanceOfSatisfying(SqlAnswer.Unreachable.class, unreachable -> assertThat(unreachable.why())
                        .isEqualTo(SqlAnswer.Why.PASSWORD_REFUSED));
    }

    @Test
    void theServersCertificateIsChecked(@TempDir java.nio.file.Path directory)
            throws IOException, InterruptedException {
        var stranger = SelfSigned.in(directory, "stranger");

        assertThat(sessions.with(trusting(Files.readString(server.certificate())), "postgres", session -> true))
                .isEqualTo(new SqlAnswer.Done<>(true));
        assertThat(sessions.with(trusting(Files.readString(stranger.pem())), "postgres", session -> true))
                .isInstanceOf(SqlAnswer.Unreachable.class);
        assertThat(sessions.with(
                        trusting(Files.readString(stranger.pem()) + Files.readString(server.certificate())),
                        "postgres",
                        session -> true))
                .as("while one authority takes over from another")
                .isEqualTo(new SqlAnswer.Done<>(true));
        assertThat(sessions.with(trusting("no certificate"), "postgres", session -> true))
                .isInstanceOf(SqlAnswer.Unreachable.class);
    }

    /** Whoever answers where a pod once was could ask for it so. */
    @Test
    void onlyAVerifiedServerIsGivenThePasswordInPlainText() throws IOException {
        server.with("postgres", session -> {
            session.execute(Sql.of("DROP ROLE IF EXISTS ?", Sql.name(EmbeddedServer.PLAIN_TEXT)));
            session.execute(
                    Sql.of("CREATE ROLE ? LOGIN PASSWORD ?", Sql.name(EmbeddedServer.PLAIN_TEXT), Sql.value("right")));
            return true;
        });
        var unverified = server.as(EmbeddedServer.PLAIN_TEXT, "right");

        assertThat(sessions.with(unverified, "postgres", session -> true))
                .isInstanceOfSatisfying(SqlAnswer.Unreachable.class, unreachable -> {
                    assertThat(unreachable.reason()).contains("in plain text");
                    assertThat(unreachable.why()).isEqualTo(SqlAnswer.Why.TURNED_AWAY);
                });
        assertThat(sessions.with(
                        trusting(Files.readString(server.certificate()), unverified), "postgres", session -> true))
                .isEqualTo(new SqlAnswer.Done<>(true));
    }

    @Test
    void aRefusedStatementSaysWhyAndTakesBackWhatCameBefore() {
        var answer = sessions.with(server.superuser(), "postgres", session -> {
            session.executeTogether(List.of(
                    Sql.of("CREATE ROLE ?", Sql.name("half_made")),
                    Sql.of("ALTER ROLE ? PASSWORD ?", Sql.name("nobody"), Sql.secret("s3cr3t"))));
            return true;
        });

        assertThat(answer).isInstanceOfSatisfying(SqlAnswer.Failed.class, failed -> {
            assertThat(failed.failure().sqlState()).isEqualTo("42704");
            assertThat(failed.failure().message()).isEqualTo("role \"nobody\" does not exist");
            assertThat(failed.toString()).doesNotContain("s3cr3t");
        });
        assertThat(server.<List<String>>with(
                        "postgres",
                        session -> session.query(
                                Sql.of("SELECT rolname FROM pg_roles WHERE rolname = ?", Sql.value("half_made")),
                                row -> row.getString(1))))
                .isEmpty();
    }

    private SqlServer trusting(String authority) {
        return trusting(authority, server.superuser());
    }

    private static SqlServer trusting(String authority, SqlServer server) {
        return new SqlServer(server.hosts(), server.port(), server.user(), server.password(), Optional.of(authority));
    }
}
