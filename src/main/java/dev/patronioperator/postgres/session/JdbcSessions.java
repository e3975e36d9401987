package dev.patronioperator.postgres.session;

import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import jakarta.enterprise.context.ApplicationScoped;

import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;

import dev.patronioperator.sql.Sql;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Sessions over JDBC. Every session has its deadlines, so that no server holds up the operator; it sees no object but PostgreSQL's own
 * unless a statement names its schema; it does not wait for a synchronous standby, which may be the one thing that is missing; and what
 * the owner of a database has set for its sessions, such as to be read-only, does not count.
 */
@ApplicationScoped
public final class JdbcSessions implements SqlSessions {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration STATEMENT = Duration.ofSeconds(30);
    private static final Duration LOCK = Duration.ofSeconds(5);

    /** Longer than any statement may take: a server that has died says nothing. */
    private static final Duration SILENCE = STATEMENT.plusSeconds(5);

    private static final String APPLICATION = "patroni-operator";
    private static final String PINNED = String.join(
            " ",
            "-c search_path=pg_catalog,pg_temp",
            "-c standard_conforming_strings=on",
            "-c synchronous_commit=local",
            "-c default_transaction_read_only=off",
            "-c client_min_messages=warning",
            "-c statement_timeout=" + STATEMENT.toMillis(),
            "-c idle_in_transaction_session_timeout=" + STATEMENT.toMillis(),
            "-c lock_timeout=" + LOCK.toMillis());

    /** The class of SQLSTATEs with which a server turns somebody away, and the one of them that a password is to blame for. */
    private static final String AUTHORIZATION = "28";

    private static final String PASSWORD = "28P01";

    /** What only later servers know, and can be told only once they are known: the versions that it came with. */
    private static final int IDLE_SESSION_TIMEOUT = 14;

    private static final int TRANSACTION_TIMEOUT = 17;

    private final Driver driver = new Driver();

    @Override
    public <T> SqlAnswer<T> with(SqlServer server, String database, Work<T> work) {
        try (var connection = connect(server, database)) {
            return new SqlAnswer.Done<>(work.in(unhurried(connection)));
        } catch (StatementRefused e) {
            return new SqlAnswer.Failed<>(e.failure);
        } catch (SQLException e) {
            return new SqlAnswer.Unreachable<>(reason(e), why(e));
        }
    }

    /** One host after the other; the driver's own list ends at a host whose name is not known. */
    private Connection connect(SqlServer server, String database) throws SQLException {
        var properties = properties(server);
        SQLException problem = null;
        for (var host : server.hosts()) {
            try {
                return driver.connect(url(host, server.port(), database), properties);
            } catch (SQLException e) {
                if (state(e).startsWith(AUTHORIZATION)) {
                    throw e;
                }
                problem = problem == null ? e : problem;
            }
        }
        throw problem;
    }

    private static JdbcSession unhurried(Connection connection) throws SQLException {
        var session = new JdbcSession(connection);
        var version = connection.getMetaData().getDatabaseMajorVersion();
        if (version >= TRANSACTION_TIMEOUT) {
            session.execute(
                    Sql.together(Sql.of("SET transaction_timeout TO 0"), Sql.of("SET idle_session_timeout TO 0")));
        } else if (version >= IDLE_SESSION_TIMEOUT) {
            session.execute(Sql.of("SET idle_session_timeout TO 0"));
        }
        return session;
    }

    static String url(String host, int port, String database) {
        var address = host.contains(":") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + address + ":" + port + "/"
                + URLEncoder.encode(database, UTF_8).replace("+", "%20");
    }

    private static Properties properties(SqlServer server) {
        var properties = new Properties();
        PGProperty.USER.set(properties, server.user());
        PGProperty.PASSWORD.set(properties, server.password());
        PGProperty.APPLICATION_NAME.set(properties, APPLICATION);
        PGProperty.OPTIONS.set(properties, PINNED);
        PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECT.toSeconds());
        PGProperty.LOGIN_TIMEOUT.set(properties, (int) CONNECT.multipliedBy(3).toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) SILENCE.toSeconds());
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        ServerTrust.set(properties, server.certificateAuthority());
        return properties;
    }

    /** The first line: the rest is for debugging, and a driver's message may hold what it was told. */
    static String reason(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static SqlAnswer.Why why(SQLException e) {
        if (state(e).equals(PASSWORD)) {
            return SqlAnswer.Why.PASSWORD_REFUSED;
        }
        return state(e).startsWith(AUTHORIZATION) ? SqlAnswer.Why.TURNED_AWAY : SqlAnswer.Why.SILENT;
    }

    private static String state(SQLException e) {
        return Optional.ofNullable(e.getSQLState()).orElse("");
    }

    /** Carries a refusal out of the work. */
    private static final class StatementRefused extends SQLException {

        private static final long serialVersionUID = 1L;
        private final transient SqlFailure failure;

        StatementRefused(SqlFailure failure, SQLException cause) {
            super(failure.toString(), failure.sqlState(), cause);
            this.failure = failure;
        }
    }

    private record JdbcSession(Connection connection) implements SqlSession {

        @Override
        public <T> List<T> query(Sql question, RowReader<T> reader) throws SQLException {
            var rows = new ArrayList<T>();
            query(List.of(new Question(question, row -> rows.add(reader.read(row)))));
            return rows;
        }

        @Override
        public void query(List<Question> questions) throws SQLException {
            var together =
                    questions.stream().map(Question::sql).reduce(Sql::together).orElseThrow();
            try (var statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(together.text());
                for (var question : questions) {
                    take(statement, question.rows());
                    statement.getMoreResults();
                }
            } catch (SQLException e) {
                throw explained(e, together);
            }
        }

        private static void take(Statement statement, RowTaker rows) throws SQLException {
            try (var found = statement.getResultSet()) {
                while (found.next()) {
                    rows.take(found);
                }
            }
        }

        @Override
        public void execute(Sql sql) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql.text());
            } catch (SQLException e) {
                throw explained(e, sql);
            }
        }

        @Override
        public void executeTogether(List<Sql> statements) throws SQLException {
            connection.setAutoCommit(false);
            try {
                for (var statement : statements) {
                    execute(statement);
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }

        /** A lost connection stays what it is; all else is the server's refusal of the statement. */
        private static SQLException explained(SQLException e, Sql statement) {
            var state = state(e);
            if (e instanceof StatementRefused || state.isEmpty() || state.startsWith("08") || state.startsWith("57P")) {
                return e;
            }
            var server = e instanceof PSQLException known
                    ? Optional.ofNullable(known.getServerErrorMessage())
                    : Optional.<org.postgresql.util.ServerErrorMessage>empty();
            return new StatementRefused(
                    new SqlFailure(
                            state,
                            server.map(message -> message.getMessage()).orElseGet(() -> reason(e)),
                            server.map(message -> message.getHint()),
                            statement),
                    e);
        }
    }
}
