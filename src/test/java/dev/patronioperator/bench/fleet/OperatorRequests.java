package dev.patronioperator.bench.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;

/** What an operator has asked the API server for since this was made, watches and its lease left out. Reads on where it last stopped reading. */
final class OperatorRequests {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path log;
    private final String user;
    private final List<Request> read = new ArrayList<>();
    private long position;

    record Request(Instant at, String verb, String resource) {
        boolean isWrite() {
            return WRITES.contains(verb);
        }

        String kind() {
            return verb + " " + resource;
        }
    }

    OperatorRequests(Path log, String user) {
        this.log = log;
        this.user = "\"username\":\"" + user + "\"";
        try {
            this.position = Files.size(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Request> all() {
        try (var channel = FileChannel.open(log)) {
            var bytes = Channels.newInputStream(channel.position(position)).readAllBytes();
            var end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            position += end;
            for (var line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n")) {
                if (line.contains(user) && line.contains("\"stage\":\"ResponseComplete\"")) {
                    add(JSON.readTree(line));
                }
            }
            return List.copyOf(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(JsonNode event) {
        var object = event.path("objectRef");
        var resource = object.path("resource").asText()
                + (object.has("subresource") ? "/" + object.path("subresource").asText() : "");
        var isHouseholding = resource.equals("leases") || resource.startsWith("selfsubject");
        if (!event.path("verb").asText().equals("watch") && !isHouseholding) {
            read.add(new Request(
                    Instant.parse(event.path("requestReceivedTimestamp").asText()),
                    event.path("verb").asText(),
                    resource));
        }
    }

    /** The most frequent first: {@code patch postgresqls/status 2.0, …} for each of so many clusters. */
    String perCluster(int clusters) {
        var counts = all().stream().collect(Collectors.groupingBy(Request::kind, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(12)
                .map(entry -> "%s %.1f".formatted(entry.getKey(), (double) entry.getValue() / clusters))
                .collect(Collectors.joining(", "));
    }

    /** Waits until nothing has been asked for during that time, and tells when the last request came. */
    Instant awaitQuiet(Duration quiet) {
        var last = new long[] {-1, System.nanoTime()};
        Awaitility.await("the operator is quiet for " + quiet)
                .atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    var count = all().size();
                    if (count != last[0]) {
                        last[0] = count;
                        last[1] = System.nanoTime();
                    }
                    return System.nanoTime() - last[1] > quiet.toNanos();
                });
        return all().stream().map(Request::at).max(Instant::compareTo).orElseGet(Instant::now);
    }
}
