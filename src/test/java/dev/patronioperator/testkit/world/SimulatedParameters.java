package dev.patronioperator.testkit.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.patronioperator.patroni.model.PendingRestart;

/**
 * A parameter that is read at start and of which a standby needs at least what its primary has, on all members, by Patroni's rules: a
 * member looks at the configuration every other tick, not all at the same one, and tells one look later that it waits for a restart; a
 * standby starts with no less than its primary had, as far as the standby has replayed.
 */
final class SimulatedParameters {

    static final String NAME = "max_connections";

    private final Map<String, Server> servers = new HashMap<>();
    private final Map<String, Integer> restarts = new TreeMap<>();

    /** One server: what it runs with, what it has replayed that its primary runs with, and what it knows and tells of the configuration. */
    private static final class Server {
        private int running;
        private int ofPrimary;
        private int seen;
        private boolean told;
        private Instant startedAt = Instant.EPOCH;
    }

    private Server of(String member, int configured) {
        return servers.computeIfAbsent(member, ignored -> {
            var server = new Server();
            server.running = configured;
            server.ofPrimary = configured;
            server.seen = configured;
            return server;
        });
    }

    /** One look of the member's loop: it tells what it has known since the last one, and reads the configuration. */
    void look(String member, int configured) {
        var server = of(member, configured);
        server.told = isPending(server);
        server.seen = configured;
    }

    /** What the primary runs with reaches its standbys. Returns what is wrong with it, or an empty text. */
    String replicate(String primary, int configured) {
        var problem = new StringBuilder();
        var value = of(primary, configured).running;
        servers.forEach((member, server) -> {
            server.ofPrimary = value;
            if (server.running < value) {
                problem.append(member).append(" runs with less connections than its primary and stops replaying");
            }
        });
        return problem.toString();
    }

    /** Whether the member has replayed what its primary runs with. */
    boolean hasReplayed(String member, String primary, int configured) {
        return of(member, configured).ofPrimary == of(primary, configured).running;
    }

    /** Restarts the server, if anything waits for it. */
    boolean restart(String member, boolean primary, int configured, Instant now) {
        var server = of(member, configured);
        if (!isPending(server)) {
            return false;
        }
        server.running = primary ? configured : Math.max(configured, server.ofPrimary);
        server.seen = configured;
        server.startedAt = now;
        restarts.merge(member, 1, Integer::sum);
        return true;
    }

    /** A primary that has to follow another one starts anew, with no less than it had. */
    void demote(String member, int configured) {
        var server = of(member, configured);
        server.ofPrimary = server.running;
        server.running = Math.max(configured, server.running);
    }

    /** A pod that is made anew starts with what is configured. */
    void forget(String member) {
        servers.remove(member);
    }

    Instant startedAt(String member, int configured) {
        return of(member, configured).startedAt;
    }

    int running(String member, int configured) {
        return of(member, configured).running;
    }

    /** What the member says on its pod; it may be out of date. */
    PendingRestart told(String member, int configured) {
        var server = of(member, configured);
        return server.told ? pending(server) : PendingRestart.NONE;
    }

    /** What the member says if it is asked. */
    PendingRestart pending(String member, int configured) {
        return pending(of(member, configured));
    }

    Map<String, Integer> restarts() {
        return Map.copyOf(restarts);
    }

    private static boolean isPending(Server server) {
        return server.running != server.seen;
    }

    private static PendingRestart pending(Server server) {
        return isPending(server)
                ? new PendingRestart(
                        true,
                        Map.of(
                                NAME,
                                new PendingRestart.Change(
                                        Integer.toString(server.running), Integer.toString(server.seen))))
                : PendingRestart.NONE;
    }
}
