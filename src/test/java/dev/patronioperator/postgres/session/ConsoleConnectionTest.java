package dev.patronioperator.postgres.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Logging in and sending commands, to a server that speaks the same protocol as the console; PoolingIT does so with the console itself. */
class ConsoleConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedServer server = EmbeddedServer.shared();

    private static ConsoleConnection open(SqlServer server) throws IOException {
        return ConsoleConnection.open(server, "postgres", PATIENCE, PATIENCE);
    }

    /** The server takes connections over TLS only. */
    @ParameterizedTest
    @ValueSource(strings = {"scram-sha-256", "md5"})
    void logsInWithEitherKindOfPassword(String kind) throws IOException {
        var role = "console " + kind;
        server.with("postgres", session -> {
            session.execute(Sql.of("SET password_encryption = ?", Sql.value(kind)));
            session.execute(Sql.of("CREATE ROLE ? LOGIN PASSWORD ?", Sql.name(role), Sql.value("it's ü")));
            return true;
        });

        try (var console = open(server.as(role, "it's ü"))) {
            console.execute("SELECT current_user");
        }
        assertThatExceptionOfType(ConsoleConnection.Refused.class)
                .isThrownBy(() -> open(server.as(role, "wrong")))
                .withMessageContaining("password authentication failed");
    }

    @Test
    void refusedCommandIsToldInTheServersWordsAndTheNextOneGoes() throws IOException {
        try (var console = open(server.superuser())) {
            assertThatExceptionOfType(ConsoleConnection.Refused.class)
                    .isThrownBy(() -> console.execute("PAUSE"))
                    .withMessage("syntax error at or near \"PAUSE\"");
            console.execute("SELECT repeat('x', 100000)");
        }
    }

    @Test
    void nobodyThereAndWhoeverSaysNothingAreNotReached() throws IOException {
        var nobody = new SqlServer(List.of("127.0.0.1"), 1, "pooler", "secret", Optional.empty());
        assertThat(new PgBouncerConsole().pause(nobody)).isInstanceOf(PoolerConsole.Answer.NotReached.class);

        try (var silent = new java.net.ServerSocket(0)) {
            var server =
                    new SqlServer(List.of("127.0.0.1"), silent.getLocalPort(), "pooler", "secret", Optional.empty());
            assertThatExceptionOfType(java.net.SocketTimeoutException.class)
                    .isThrownBy(() -> ConsoleConnection.open(server, "pgbouncer", PATIENCE, Duration.ofMillis(50)));
        }
    }
}
