package dev.patronioperator.cluster.execute;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.kubernetes.PodShell;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.secrets.PasswordEncryption;
import dev.patronioperator.postgres.secrets.PasswordVerifier;
import dev.patronioperator.postgres.session.FailureAdvice;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlChanges;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSessions;
import dev.patronioperator.sql.Sql;

/** Effects inside PostgreSQL, on the server that was looked at. */
public final class DatabaseEffects {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String CONTAINER = "postgres";
    private static final int SALT_BYTES = 16;

    private final SqlSessions sessions;
    private final PodShell shell;
    private final DatabaseLook look;

    public DatabaseEffects(SqlSessions sessions, PodShell shell, DatabaseLook look) {
        this.sessions = sessions;
        this.shell = shell;
        this.look = look;
    }

    Outcome run(Step.RunSql step) {
        if (!(look instanceof DatabaseLook.Seen seen)) {
            return new Outcome.Pending("the database to be looked at", SOON);
        }
        return switch (SqlChanges.carryOut(step.change(), seen.server(), sessions)) {
            case SqlAnswer.Done<Boolean> ignored -> new Outcome.Done();
            case SqlAnswer.Failed<Boolean>(var failure) ->
                new Outcome.Failed(step.change().about().text() + ": " + failure + ". "
                        + FailureAdvice.of(step.change(), failure));
            case SqlAnswer.Unreachable<Boolean> unreachable ->
                new Outcome.Pending("the database to answer: " + unreachable.reason(), SOON);
        };
    }

    Outcome restoreLogin(Step.RestoreLogin step) {
        if (!(look instanceof DatabaseLook.LockedOut(SqlServer server, boolean ignored))) {
            return new Outcome.Unchanged();
        }
        var salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        var verifier = PasswordVerifier.of(server.password(), server.user(), PasswordEncryption.SCRAM_SHA_256, salt);
        // A password that is out of date is refused like a wrong one.
        var statement = Sql.of(
                "ALTER ROLE ? WITH PASSWORD ? VALID UNTIL ?",
                Sql.name(server.user()),
                Sql.secret(verifier.text()),
                Sql.value("infinity"));
        var pod = step.pod();
        return switch (shell.run(
                pod.namespace(), pod.name(), CONTAINER, psql(server.user()), statement.text() + ";\n")) {
            case PodShell.Ran.Ended ended when ended.isSuccess() -> new Outcome.Done();
            case PodShell.Ran.Ended ended ->
                new Outcome.Failed(step.text() + " failed with exit code " + ended.exitCode());
            case PodShell.Ran.Unclear(String because) ->
                new Outcome.Pending("psql in " + pod + " to answer: " + because, SOON);
        };
    }

    /** Over the socket, where the pod's own users are trusted. The statement comes by standard input: arguments can be seen. */
    private static List<String> psql(String user) {
        return List.of(
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--username",
                user,
                "--dbname",
                "postgres",
                "--set",
                "ON_ERROR_STOP=1",
                "--file",
                "-");
    }
}
