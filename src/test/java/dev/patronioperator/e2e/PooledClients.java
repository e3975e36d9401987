package dev.patronioperator.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many clients that are connected all the time and write now and then, and a few that log in all the time. Counts what fails, and how long
 * somebody had to wait; who lost its connection connects anew.
 */
final class PooledClients implements AutoCloseable {

    private static final int LOGGING_IN = 4;
    private static final long MILLIS_BETWEEN_WRITES = 1000;
    private static final long MILLIS_BETWEEN_LOGINS = 250;

    /** Logs in as whom the Secret names at that moment. */
    @FunctionalInterface
    interface Login {
        Connection now() throws SQLException;
    }

    private final Login login;
    private final ScheduledExecutorService threads;
    private final ConcurrentLinkedQueue<String> failedWrites = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failedLogins = new ConcurrentLinkedQueue<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicLong longestWait = new AtomicLong();
    private final List<Client> clients = new ArrayList<>();

    PooledClients(int count, Login login) {
        this.login = login;
        this.threads = Executors.newScheduledThreadPool(count + LOGGING_IN);
        for (int i = 0; i < count; i++) {
            var client = new Client();
            clients.add(client);
            threads.scheduleWithFixedDelay(
                    client::write, i * MILLIS_BETWEEN_WRITES / count, MILLIS_BETWEEN_WRITES, TimeUnit.MILLISECONDS);
        }
        for (int i = 0; i < LOGGING_IN; i++) {
            threads.scheduleWithFixedDelay(this::logInAndOut, 0, MILLIS_BETWEEN_LOGINS, TimeUnit.MILLISECONDS);
        }
    }

    boolean areAllConnected() {
        return clients.stream().allMatch(client -> client.connection.isPresent());
    }

    List<String> failedWrites() {
        return List.copyOf(failedWrites);
    }

    List<String> failedLogins() {
        return List.copyOf(failedLogins);
    }

    Duration longestWait() {
        return Duration.ofMillis(longestWait.get());
    }

    int writes() {
        return writes.get();
    }

    int logins() {
        return logins.get();
    }

    private void logInAndOut() {
        try {
            login.now().close();
            logins.incrementAndGet();
        } catch (SQLException e) {
            failedLogins.add(Instant.now() + " " + e.getMessage());
        }
    }

    private final class Client {

        private volatile Optional<Connection> connection = Optional.empty();

        private void write() {
            if (connection.isEmpty()) {
                connect();
            }
            connection.ifPresent(this::write);
        }

        private void connect() {
            try {
                connection = Optional.of(login.now());
            } catch (SQLException e) {
                failedLogins.add(Instant.now() + " " + e.getMessage());
            }
        }

        private void write(Connection connected) {
            var began = System.nanoTime();
            try (var statement = connected.createStatement()) {
                statement.executeUpdate("INSERT INTO written DEFAULT VALUES");
                writes.incrementAndGet();
            } catch (SQLException e) {
                failedWrites.add(Instant.now() + " " + e.getMessage());
                close(connected);
            }
            longestWait.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), Math::max);
        }

        private void close(Connection lost) {
            connection = Optional.empty();
            try {
                lost.close();
            } catch (SQLException e) {
                // It was lost before.
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(client -> client.connection.ifPresent(client::close));
    }
}
