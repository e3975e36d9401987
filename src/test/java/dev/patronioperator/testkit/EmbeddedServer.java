package dev.patronioperator.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSessions.Work;

/**
 * A real PostgreSQL on this machine, without Kubernetes: it takes connections over TLS with passwords only, as a cluster does. One for all
 * tests of a run; each test uses names of its own. It stops with the JVM.
 */
public final class EmbeddedServer {

    /** A role that is asked for its password in plain text. */
    public static final String PLAIN_TEXT = "plain_text";

    private static final String SUPERUSER_PASSWORD = "it's \\ a 'password'";

    /** Those of the embedding library, which has no password, come without TLS. */
    private static final List<String> HOST_BASED_AUTHENTICATION = List.of(
            "hostnossl all postgres 127.0.0.1/32 trust",
            "hostssl all " + PLAIN_TEXT + " 127.0.0.1/32 password",
            "hostssl all all 127.0.0.1/32 md5");

    private static EmbeddedServer shared;

    private final EmbeddedPostgres process;
    private final Path certificate;
    private final JdbcSessions sessions = new JdbcSessions();

    private EmbeddedServer() throws IOException, InterruptedException, GeneralSecurityException {
        var directory = Files.createTempDirectory("embedded-postgres");
        directory.toFile().deleteOnExit();
        var identity = SelfSigned.in(directory, "localhost");
        this.certificate = identity.pem();
        this.process = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setConnectConfig("sslmode", "disable")
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", identity.pem().toString())
                .setServerConfig("ssl_key_file", key(identity, directory).toString())
                .setServerConfig("hba_file", hostBasedAuthentication(directory).toString())
                .setServerConfig("wal_level", "logical")
                .start();
        try (var connection = process.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD E'it\\'s \\\\ a \\'password\\''");
        } catch (java.sql.SQLException e) {
            throw new IOException(e);
        }
    }

    public static synchronized EmbeddedServer shared() {
        if (shared == null) {
            try {
                shared = new EmbeddedServer();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return shared;
    }

    public SqlServer superuser() {
        return as("postgres", SUPERUSER_PASSWORD);
    }

    public SqlServer as(String user, String password) {
        return new SqlServer(List.of("127.0.0.1"), process.getPort(), user, password, Optional.empty());
    }

    /** Some address on which nobody listens comes first. */
    public SqlServer behindDeadHost() {
        return new SqlServer(
                List.of("no-such-host.invalid", "127.0.0.1"),
                process.getPort(),
                "postgres",
                SUPERUSER_PASSWORD,
                Optional.empty());
    }

    public Path certificate() {
        return certificate;
    }

    /** Does what must succeed, as superuser. */
    public <T> T with(String database, Work<T> work) {
        return done(sessions.with(superuser(), database, work));
    }

    public static <T> T done(SqlAnswer<T> answer) {
        return switch (answer) {
            case SqlAnswer.Done<T>(T value) -> value;
            case SqlAnswer.Failed<T>(var failure) -> throw new AssertionError(failure + " of: " + failure.statement());
            case SqlAnswer.Unreachable<T> unreachable -> throw new AssertionError(unreachable.reason());
        };
    }

    private static Path hostBasedAuthentication(Path directory) throws IOException {
        return Files.write(directory.resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
    }

    private static Path key(SelfSigned identity, Path directory) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(identity.keyStore())) {
            store.load(file, SelfSigned.PASSWORD.toCharArray());
        }
        var key = store.getKey("api", SelfSigned.PASSWORD.toCharArray()).getEncoded();
        var file = directory.resolve("server.key");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
