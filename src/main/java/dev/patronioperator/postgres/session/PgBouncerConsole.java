package dev.patronioperator.postgres.session;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

/** The console of a PgBouncer, 1.12 and later. */
@ApplicationScoped
public final class PgBouncerConsole implements PoolerConsole {

    private static final String CONSOLE = "pgbouncer";
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** How long transactions are given to end; what takes longer ends with the primary. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** How it says that there was nothing to do. */
    private static final Set<String> AS_IT_IS = Set.of("already suspended/paused", "pooler is not paused/suspended");

    @Override
    public Answer pause(SqlServer pooler) {
        return command(pooler, "PAUSE");
    }

    @Override
    public Answer resume(SqlServer pooler) {
        return command(pooler, "RESUME");
    }

    private static Answer command(SqlServer pooler, String command) {
        boolean told = false;
        try (var console = ConsoleConnection.open(pooler, CONSOLE, CONNECT, SILENCE)) {
            told = true;
            console.execute(command);
            return new Answer.Done();
        } catch (ConsoleConnection.Refused e) {
            return told && AS_IT_IS.contains(e.getMessage())
                    ? new Answer.Done()
                    : new Answer.NotReached(e.getMessage());
        } catch (IOException e) {
            var reason = e.getMessage() == null ? "the connection was closed" : e.getMessage();
            return told ? new Answer.UnderWay(reason) : new Answer.NotReached(reason);
        }
    }
}
