package dev.patronioperator.testkit;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.testkit.FakePatroni.Reply;
import dev.patronioperator.testkit.FakePatroni.Request;

/** One pod of a {@link PlayedPatroni}: where it is, what it would say of itself, and its REST API on a port of its own, as all pods share an address. */
final class PlayedMember implements AutoCloseable {

    private record Change(String before, String after) {}

    private static final InetSocketAddress ANY_PORT_EVERYWHERE = new InetSocketAddress(0);

    private final String name;
    private final String uid;
    private final String address;
    private final FakeRestApi api;
    private final Map<String, Change> pendingRestart = new TreeMap<>();

    private PlayedMember(
            String name,
            String uid,
            String address,
            InetSocketAddress listenOn,
            BiFunction<PlayedMember, Request, Reply> answers) {
        this.name = name;
        this.uid = uid;
        this.address = address;
        this.api = new FakeRestApi(name, request -> answers.apply(this, request), Optional.empty(), listenOn);
    }

    static PlayedMember atAnyPort(
            String name, String uid, String address, BiFunction<PlayedMember, Request, Reply> answers) {
        return new PlayedMember(name, uid, address, ANY_PORT_EVERYWHERE, answers);
    }

    static PlayedMember atTheUsualPort(
            String name, String uid, String address, BiFunction<PlayedMember, Request, Reply> answers) {
        return new PlayedMember(
                name, uid, address, new InetSocketAddress(address, MemberAddress.DEFAULT_PORT), answers);
    }

    String name() {
        return name;
    }

    String uid() {
        return uid;
    }

    String address() {
        return address;
    }

    void needsRestart(String parameter, String before, String after) {
        pendingRestart.merge(parameter, new Change(before, after), (first, last) -> new Change(first.before(), after));
    }

    Reply restart(boolean onlyIfPending) {
        if (onlyIfPending && pendingRestart.isEmpty()) {
            return new Reply(503, "restart conditions are not satisfied");
        }
        pendingRestart.clear();
        return new Reply(200, "restarted successfully");
    }

    /** The annotation {@code status} of its pod. */
    ObjectNode annotation(boolean leads, String state, long wal, int timeline) {
        var status = FakePatroni.JSON.createObjectNode();
        status.put("conn_url", "postgres://" + address + ":5432/postgres");
        status.put("api_url", apiUrl());
        status.put("state", state);
        status.put("role", leads ? "primary" : "replica");
        status.put("version", "4.0.7");
        if (state.equals("running")) {
            status.put("xlog_location", wal);
            status.put("timeline", timeline);
            if (!leads) {
                status.put("replication_state", "streaming");
            }
        }
        return withPendingRestart(status);
    }

    /** Its entry in the answer to {@code GET /cluster}. */
    ObjectNode inTopology(boolean leads, int timeline) {
        return withPendingRestart(FakePatroni.JSON
                .createObjectNode()
                .put("name", name)
                .put("role", leads ? "leader" : "replica")
                .put("state", leads ? "running" : "streaming")
                .put("api_url", apiUrl())
                .put("host", address)
                .put("port", 5432)
                .put("timeline", timeline)
                .put("lag", 0));
    }

    /** The answer to {@code GET /patroni}. */
    ObjectNode status(boolean leads, long wal, int timeline, Optional<Integer> majorVersion) {
        var status = FakePatroni.JSON
                .createObjectNode()
                .put("state", "running")
                .put("role", leads ? "primary" : "replica")
                .put("timeline", timeline);
        majorVersion.ifPresent(version -> status.put("server_version", version * 10_000 + 2));
        status.putObject("xlog")
                .put(leads ? "location" : "received_location", wal)
                .put("replayed_location", wal);
        status.putObject("patroni").put("version", "4.0.7");
        return withPendingRestart(status);
    }

    @Override
    public void close() {
        api.close();
    }

    private String apiUrl() {
        return "http://" + address + ":" + api.address().port() + "/patroni";
    }

    private ObjectNode withPendingRestart(ObjectNode json) {
        if (!pendingRestart.isEmpty()) {
            var reasons = json.put("pending_restart", true).putObject("pending_restart_reason");
            pendingRestart.forEach((parameter, change) -> reasons.putObject(parameter)
                    .put("old_value", change.before())
                    .put("new_value", change.after()));
        }
        return json;
    }
}
