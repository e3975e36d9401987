package dev.patronioperator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;

/** The requests that reached the API server since this reader was made: the only witness of what an operator really asked for. */
public final class AuditLog {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    private final Path file;
    private final List<Request> read = new ArrayList<>();
    private long position;
    private boolean withinLine;

    private AuditLog(Path file, long from, boolean withinLine) {
        this.file = file;
        this.position = from;
        this.withinLine = withinLine;
    }

    /** A line that is being written just now was answered before. */
    static AuditLog from(Path file) {
        try (var channel = FileChannel.open(file)) {
            var end = channel.size();
            var last = ByteBuffer.allocate(1);
            boolean withinLine = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            return new AuditLog(file, end, withinLine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request, logged when it was answered. A watch that is open still has been answered with its first byte. */
    public record Request(String user, String verb, String uri, int status) {

        /** Asking what one may do is spelled as a creation, and stores nothing. */
        public boolean isWrite() {
            return WRITES.contains(verb) && !uri.contains("/apis/authorization.k8s.io/");
        }

        /** Renewing the lease by which one of several operators leads: what is asked for whether or not there are clusters. */
        public boolean isLease() {
            return uri.contains("/leases/") || uri.endsWith("/leases");
        }

        public boolean isWatch() {
            return verb.equals("watch");
        }

        @Override
        public String toString() {
            return verb + " " + uri + " -> " + status;
        }
    }

    public List<Request> requestsOf(String user) {
        return all().stream().filter(request -> request.user().equals(user)).toList();
    }

    /** Requests of the user that are neither a watch nor about the lease: what an idle operator makes none of. */
    public List<Request> workOf(String user) {
        return requestsOf(user).stream()
                .filter(request -> !request.isWatch() && !request.isLease())
                .toList();
    }

    /** Waits until the user has asked for nothing during {@code quiet}. */
    public void awaitQuiet(String user, Duration quiet, Duration atMost) {
        awaitQuiet(user, request -> true, () -> true, quiet, atMost);
    }

    /**
     * Waits until the user has asked for nothing of that kind during {@code quiet} and something holds all that time; or until it has asked for nothing for ten
     * times as long, whether or not that holds.
     */
    public void awaitQuiet(
            String user, Predicate<Request> about, BooleanSupplier andHolds, Duration quiet, Duration atMost) {
        var seen = new AtomicInteger(-1);
        var silentSince = new AtomicLong();
        var heldSince = new AtomicLong();
        Awaitility.await("no request of " + user + " for " + quiet)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    var now = System.nanoTime();
                    var count = (int) workOf(user).stream().filter(about).count();
                    if (seen.getAndSet(count) != count) {
                        silentSince.set(now);
                        heldSince.set(now);
                    }
                    if (!andHolds.getAsBoolean()) {
                        heldSince.set(now);
                    }
                    return now - heldSince.get() >= quiet.toNanos() || now - silentSince.get() >= 10 * quiet.toNanos();
                });
    }

    /** What has been written since the last look is read and kept. */
    private synchronized List<Request> all() {
        try (var channel = FileChannel.open(file)) {
            var bytes = Channels.newInputStream(channel.position(position)).readAllBytes();
            // A line that is being written has no end yet.
            var end = lastLineBreak(bytes) + 1;
            position += end;
            var others = withinLine && end > 0;
            withinLine = withinLine && !others;
            new String(bytes, 0, end, StandardCharsets.UTF_8)
                    .lines()
                    .skip(others ? 1 : 0)
                    .map(line -> Serialization.unmarshal(line, JsonNode.class))
                    .filter(AuditLog::isAnswer)
                    .map(AuditLog::request)
                    .forEach(read::add);
            return List.copyOf(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lastLineBreak(byte[] bytes) {
        var last = bytes.length - 1;
        while (last >= 0 && bytes[last] != '\n') {
            last--;
        }
        return last;
    }

    private static boolean isAnswer(JsonNode event) {
        var isWatch = event.path("verb").asText().equals("watch");
        return event.path("stage").asText().equals(isWatch ? "ResponseStarted" : "ResponseComplete");
    }

    private static Request request(JsonNode event) {
        return new Request(
                event.path("user").path("username").asText(),
                event.path("verb").asText(),
                event.path("requestURI").asText(),
                event.path("responseStatus").path("code").asInt());
    }
}
