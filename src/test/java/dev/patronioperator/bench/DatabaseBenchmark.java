package dev.patronioperator.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.patronioperator.cluster.planning.LargeDatabase;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.sql.SqlChange;

/**
 * What one look into PostgreSQL costs when nothing is to be done: a session for each database, with TLS and a password, one question in
 * each, and the comparison of it all. The server is another process, on this machine; its part is in the elapsed time only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DatabaseBenchmark {

    /** For the table's column. */
    @Param("300 roles, 50 databases")
    public String manifest;

    private LargeDatabase database;

    @Setup
    public void prepare() {
        database = new LargeDatabase().made();
        if (!quietDatabases().isEmpty()) {
            throw new IllegalStateException("nothing should be to be done, but there is: " + quietDatabases());
        }
    }

    @Benchmark
    public List<SqlChange> quietDatabases() {
        return database.plan(new JdbcSessions());
    }
}
