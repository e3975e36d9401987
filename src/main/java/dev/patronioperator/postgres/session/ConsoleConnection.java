package dev.patronioperator.postgres.session;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ssl.NonValidatingFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** A connection to the console of a PgBouncer, which takes commands and refuses every statement, also those that a driver likes to begin with. */
final class ConsoleConnection implements AutoCloseable {

    private static final Driver DRIVER = new Driver();

    /** The other side said no, in its own words. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    private final Connection connection;

    private ConsoleConnection(Connection connection) {
        this.connection = connection;
    }

    /**
     * Logs in, encrypted if the other side can. Its certificate is not checked: an image may have made it.
     *
     * @param connect how long it may take until somebody is there
     * @param silence how long the other side may then say nothing
     */
    static ConsoleConnection open(SqlServer server, String database, Duration connect, Duration silence)
            throws IOException {
        var url = JdbcSessions.url(server.hosts().getFirst(), server.port(), database);
        try {
            return new ConsoleConnection(connect(url, properties(server, connect, silence)));
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    private static Connection connect(String url, Properties properties) throws SQLException {
        try {
            PGProperty.SSL_MODE.set(properties, "require");
            return DRIVER.connect(url, properties);
        } catch (SQLException e) {
            if (!PSQLState.CONNECTION_REJECTED.getState().equals(e.getSQLState())) {
                throw e;
            }
            PGProperty.SSL_MODE.set(properties, "disable");
            PGProperty.AUTHENTICATION_PLUGIN_CLASS_NAME.set(properties, PlainTextRefusal.class.getName());
            return DRIVER.connect(url, properties);
        }
    }

    private static Properties properties(SqlServer server, Duration connect, Duration silence) {
        var properties = new Properties();
        PGProperty.USER.set(properties, server.user());
        PGProperty.PASSWORD.set(properties, server.password());
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        // Together they have the driver set nothing by statements. Servers as old as this one is taken for are not told
        // of replication.
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds(connect));
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(silence));
        PGProperty.SSL_RESPONSE_TIMEOUT.set(properties, (int) silence.toMillis());
        PGProperty.SSL_FACTORY.set(properties, NonValidatingFactory.class.getName());
        return properties;
    }

    /** At least one: none would mean for ever. */
    private static int seconds(Duration duration) {
        return Math.max(1, (int) duration.toSeconds());
    }

    /** Sends a command and waits for its end. */
    void execute(String command) throws IOException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(command);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    private static IOException translated(SQLException e) {
        if (e instanceof PSQLException refusal && refusal.getServerErrorMessage() != null) {
            return new Refused(
                    Optional.ofNullable(refusal.getServerErrorMessage().getMessage())
                            .orElse("no reason given"));
        }
        return e.getCause() instanceof IOException cause ? cause : new IOException(JdbcSessions.reason(e), e);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw translated(e);
        }
    }
}
