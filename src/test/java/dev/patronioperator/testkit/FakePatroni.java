package dev.patronioperator.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.patroni.model.DynamicConfig;

/**
 * A Patroni cluster without PostgreSQL: each member has a real HTTP server on a loopback port that answers as Patroni 4 does (its
 * api.py), and can be told to misbehave. What was asked of it is recorded.
 *
 * <pre>{@code
 * try (var patroni = FakePatroni.cluster("orders", 3)) {
 *     patroni.member("orders-1").trouble(Trouble.NO_ANSWER);
 *     client.cluster(patroni.member("orders-0").address());
 * }
 * }</pre>
 */
public final class FakePatroni implements AutoCloseable {

    /** A request that a member took. */
    public record Request(String member, String method, String path, String body, Optional<String> authorization) {}

    static final ObjectMapper JSON = new ObjectMapper();

    private final String scope;
    private final Map<String, FakeMember> members = new TreeMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private String leader;
    private DynamicConfig config = new DynamicConfig(new LinkedHashMap<>(Map.of("ttl", 30, "loop_wait", 10)));
    private boolean isPaused;
    private boolean isStandbyCluster;
    private Map<String, String> scheduledSwitchover = Map.of();

    private FakePatroni(String scope) {
        this.scope = scope;
        this.leader = scope + "-0";
    }

    /** A healthy cluster: {@code scope-0} leads, the others stream without lag. */
    public static FakePatroni cluster(String scope, int members) {
        var patroni = new FakePatroni(scope);
        for (var i = 0; i < members; i++) {
            var name = scope + "-" + i;
            patroni.members.put(name, new FakeMember(patroni, name, Optional.empty()));
        }
        return patroni;
    }

    /** A healthy cluster whose REST API speaks HTTPS. */
    public static FakePatroni tlsCluster(String scope, int members, SelfSigned certificate) {
        var patroni = new FakePatroni(scope);
        for (var i = 0; i < members; i++) {
            var name = scope + "-" + i;
            patroni.members.put(name, new FakeMember(patroni, name, Optional.of(certificate)));
        }
        return patroni;
    }

    public FakeMember member(String name) {
        return Optional.ofNullable(members.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no member " + name));
    }

    public MemberAddress address(String member) {
        return member(member).address();
    }

    public synchronized String leader() {
        return leader;
    }

    /** Makes another member hold the leader key; an empty name leaves the cluster without a leader. */
    public synchronized FakePatroni leader(String member) {
        leader = member;
        members.values().forEach(FakeMember::followLeader);
        return this;
    }

    public synchronized FakePatroni paused(boolean paused) {
        isPaused = paused;
        return this;
    }

    /** Whether the whole cluster follows another one. */
    public synchronized FakePatroni standbyCluster(boolean standby) {
        isStandbyCluster = standby;
        return this;
    }

    public synchronized DynamicConfig config() {
        return config;
    }

    public synchronized FakePatroni config(Map<String, Object> tree) {
        config = new DynamicConfig(tree);
        return this;
    }

    /** Everything asked of the cluster, in the order of arrival. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** What was asked with anything but GET. */
    public List<Request> effects() {
        return requests.stream()
                .filter(request -> !request.method().equals("GET"))
                .toList();
    }

    @Override
    public void close() {
        members.values().forEach(FakeMember::close);
    }

    record Reply(int status, String body) {
        static Reply json(int status, JsonNode body) {
            return new Reply(status, body.toString());
        }
    }

    synchronized Reply answer(FakeMember member, Request request) {
        requests.add(request);
        return switch (request.method() + " " + request.path()) {
            case "GET /cluster" -> Reply.json(200, clusterJson());
            case "GET /patroni" -> Reply.json(200, member.statusJson(this));
            case "GET /config" ->
                config.tree().isEmpty() ? new Reply(502, "") : Reply.json(200, JSON.valueToTree(config.tree()));
            case "PATCH /config" -> patchConfig(request);
            case "POST /switchover" -> switchover(tree(request.body()));
            case "DELETE /switchover" -> cancelSwitchover();
            case "POST /restart" -> member.restart(tree(request.body()));
            case "DELETE /restart" -> member.cancelRestart();
            case "POST /reload" -> new Reply(202, "reload scheduled");
            case "POST /reinitialize" -> reinitialize(member);
            default -> new Reply(501, "Unsupported method");
        };
    }

    String scope() {
        return scope;
    }

    synchronized boolean isPaused() {
        return isPaused;
    }

    synchronized boolean isLeader(FakeMember member) {
        return member.name().equals(leader);
    }

    synchronized boolean isStandbyCluster() {
        return isStandbyCluster;
    }

    private ObjectNode clusterJson() {
        var cluster = JSON.createObjectNode();
        var list = cluster.putArray("members");
        members.values().stream().filter(FakeMember::isInDcs).forEach(member -> list.add(member.memberJson(this)));
        if (isPaused) {
            cluster.put("pause", true);
        }
        if (!scheduledSwitchover.isEmpty()) {
            cluster.set("scheduled_switchover", JSON.valueToTree(scheduledSwitchover));
        }
        return cluster.put("scope", scope);
    }

    private Reply patchConfig(Request request) {
        if (config.tree().isEmpty()) {
            return new Reply(503, "");
        }
        var patch = new PatroniJson(JSON).config(request.body());
        if (!(patch instanceof dev.patronioperator.plan.Known.Value<DynamicConfig>(DynamicConfig wanted))) {
            return new Reply(400, "");
        }
        config = config.patched(wanted.tree());
        return Reply.json(200, JSON.valueToTree(config.tree()));
    }

    private Reply switchover(JsonNode request) {
        var from = request.path("leader").asText("");
        var candidate = request.path("candidate").asText("");
        var at = request.path("scheduled_at").asText("");
        if (from.isEmpty()) {
            return new Reply(400, "Switchover could be performed only from a specific leader");
        }
        if (!at.isEmpty()) {
            if (isPaused) {
                return new Reply(400, "Can't schedule switchover in the paused state");
            }
            scheduledSwitchover = new TreeMap<>(Map.of("at", at, "from", from));
            if (!candidate.isEmpty()) {
                scheduledSwitchover.put("to", candidate);
            }
            return new Reply(202, "Switchover scheduled");
        }
        if (from.equals(candidate)) {
            return new Reply(400, "Switchover target and source are the same");
        }
        if (!from.equals(leader)) {
            return new Reply(412, "leader name does not match");
        }
        if (!candidate.isEmpty()
                && !(members.containsKey(candidate) && members.get(candidate).isInDcs())) {
            return new Reply(412, "candidate does not exists");
        }
        var successor = successors(candidate).stream().findFirst();
        if (successor.isEmpty()) {
            return new Reply(412, "switchover is not possible: no good candidates have been found");
        }
        leader(successor.get());
        return new Reply(200, "Successfully switched over to \"" + leader + "\"");
    }

    private List<String> successors(String candidate) {
        var names = new ArrayList<String>();
        members.values().stream()
                .filter(member -> member.canLead() && !isLeader(member))
                .filter(member -> candidate.isEmpty() || member.name().equals(candidate))
                .forEach(member -> names.add(member.name()));
        return names;
    }

    private Reply cancelSwitchover() {
        if (scheduledSwitchover.isEmpty()) {
            return new Reply(404, "no switchover is scheduled");
        }
        scheduledSwitchover = Map.of();
        return new Reply(200, "scheduled switchover deleted");
    }

    private Reply reinitialize(FakeMember member) {
        if (leader.isEmpty()) {
            return new Reply(503, "Cluster has no leader, can not reinitialize");
        }
        if (isLeader(member)) {
            return new Reply(503, "I am the leader, can not reinitialize");
        }
        member.state("creating replica");
        return new Reply(200, "reinitialize started");
    }

    private static JsonNode tree(String body) {
        try {
            return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            return JSON.createObjectNode();
        }
    }
}
