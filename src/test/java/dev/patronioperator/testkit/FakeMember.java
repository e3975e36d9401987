package dev.patronioperator.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.testkit.FakePatroni.Reply;

/** One member of a {@link FakePatroni}. Its setters may be chained and take effect at once. */
public final class FakeMember {

    private final String name;
    private final FakeRestApi api;
    private String state = "running";
    private long lag;
    private boolean isLagUnknown;
    private boolean isInDcs = true;
    private int timeline = 1;
    private Optional<String> scheduledRestart = Optional.empty();
    private final Map<String, Object> tags = new TreeMap<>();
    private final Map<String, Map<String, String>> pendingRestart = new TreeMap<>();

    FakeMember(FakePatroni cluster, String name, Optional<SelfSigned> certificate) {
        this.name = name;
        this.api = new FakeRestApi(name, request -> cluster.answer(this, request), certificate);
    }

    public String name() {
        return name;
    }

    public MemberAddress address() {
        return api.address();
    }

    /** Makes the REST API of this member misbehave from now on, whatever is asked. */
    public FakeMember trouble(Trouble trouble) {
        api.trouble(trouble);
        return this;
    }

    /** Wants this name and password from now on. */
    public FakeMember wantsPassword(String username, String password) {
        api.wantsPassword(username, password);
        return this;
    }

    /** As Patroni says it: {@code running}, {@code start failed}, {@code creating replica} … */
    public FakeMember state(String state) {
        this.state = state;
        return this;
    }

    public FakeMember lag(long bytes) {
        this.lag = bytes;
        return this;
    }

    public FakeMember lagUnknown() {
        this.isLagUnknown = true;
        return this;
    }

    public FakeMember tag(String tag, Object value) {
        tags.put(tag, value);
        return this;
    }

    public FakeMember pendingRestart(String setting, String before, String after) {
        pendingRestart.put(setting, Map.of("old_value", before, "new_value", after));
        return this;
    }

    /** Whether the DCS knows this member: a Pod that has gone leaves it. */
    public FakeMember inDcs(boolean known) {
        this.isInDcs = known;
        return this;
    }

    boolean isInDcs() {
        return isInDcs;
    }

    boolean canLead() {
        return isInDcs && state.equals("running") && !Boolean.TRUE.equals(tags.get("nofailover"));
    }

    void followLeader() {
        timeline++;
    }

    ObjectNode memberJson(FakePatroni cluster) {
        var leads = cluster.isLeader(this);
        var streams = state.equals("running") && !leads;
        var member = FakePatroni.JSON
                .createObjectNode()
                .put("name", name)
                .put("role", leads ? cluster.isStandbyCluster() ? "standby_leader" : "leader" : "replica")
                .put("state", streams ? "streaming" : state)
                .put("api_url", address().url() + "/patroni")
                .put("host", "127.0.0.1")
                .put("port", 5432)
                .put("timeline", timeline);
        addCommon(member);
        if (!leads && isLagUnknown) {
            member.put("lag", "unknown");
        } else if (!leads) {
            member.put("lag", lag);
        }
        return member;
    }

    ObjectNode statusJson(FakePatroni cluster) {
        var primary = cluster.isLeader(this) && !cluster.isStandbyCluster();
        var status =
                FakePatroni.JSON.createObjectNode().put("state", state).put("role", primary ? "primary" : "replica");
        if (state.equals("running")) {
            status.put("server_version", 170002)
                    .put("timeline", timeline)
                    .put("postmaster_start_time", "2026-01-02 03:04:05.678901+00:00");
            addWal(status, primary);
        }
        addCommon(status);
        if (cluster.isPaused()) {
            status.put("pause", true);
        }
        if (cluster.leader().isEmpty()) {
            status.put("cluster_unlocked", true);
        }
        status.put("dcs_last_seen", 1767323045).put("database_system_identifier", "7123456789012345678");
        status.putObject("patroni")
                .put("version", "4.1.0")
                .put("scope", cluster.scope())
                .put("name", name);
        return status;
    }

    Reply restart(JsonNode request) {
        if (request.has("schedule")) {
            if (scheduledRestart.isPresent()) {
                return new Reply(409, "Another restart is already scheduled");
            }
            scheduledRestart = Optional.of(request.path("schedule").asText());
            return new Reply(202, "Restart scheduled");
        }
        if (request.has("restart_pending") && pendingRestart.isEmpty()) {
            return new Reply(503, "restart conditions are not satisfied");
        }
        pendingRestart.clear();
        return new Reply(200, "restarted successfully");
    }

    Reply cancelRestart() {
        if (scheduledRestart.isEmpty()) {
            return new Reply(404, "no restarts are scheduled");
        }
        scheduledRestart = Optional.empty();
        return new Reply(200, "scheduled restart deleted");
    }

    void close() {
        api.close();
    }

    private void addWal(ObjectNode status, boolean primary) {
        var xlog = status.putObject("xlog");
        if (primary) {
            xlog.put("location", 50_331_648L);
        } else {
            xlog.put("received_location", 50_331_648L - lag)
                    .put("replayed_location", 50_331_648L - lag)
                    .put("replayed_timestamp", "2026-01-02 03:05:05.678901+00:00")
                    .put("paused", false);
            status.put("replication_state", "streaming");
        }
    }

    private void addCommon(ObjectNode json) {
        if (!tags.isEmpty()) {
            json.set("tags", FakePatroni.JSON.valueToTree(tags));
        }
        if (!pendingRestart.isEmpty()) {
            json.put("pending_restart", true)
                    .set("pending_restart_reason", FakePatroni.JSON.valueToTree(pendingRestart));
        }
        scheduledRestart.ifPresent(at -> json.putObject("scheduled_restart").put("schedule", at));
    }
}
