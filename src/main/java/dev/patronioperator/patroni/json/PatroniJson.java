package dev.patronioperator.patroni.json;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.patroni.model.Member;
import dev.patronioperator.patroni.model.MemberRole;
import dev.patronioperator.patroni.model.MemberState;
import dev.patronioperator.patroni.model.MemberStatus;
import dev.patronioperator.patroni.model.PostgresRole;
import dev.patronioperator.patroni.model.ReplicationConnection;
import dev.patronioperator.patroni.model.ScheduledSwitchover;
import dev.patronioperator.patroni.model.Topology;
import dev.patronioperator.patroni.model.WalPosition;
import dev.patronioperator.plan.Known;

/** Reads the answers of the REST API. What is no JSON object at all is unknown; odd fields are so one by one. */
@Singleton
public class PatroniJson {

    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final ObjectMapper mapper;

    public PatroniJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** {@code GET /cluster}. Members without a name are left out; an answer without a member list is not a cluster without members. */
    public Known<Topology> topology(String json) {
        return switch (object(json)) {
            case Known.Unknown<Fields>(String because) -> Known.unknown(because);
            case Known.Value<Fields>(Fields cluster)
            when !cluster.object().path("members").isArray() -> Known.unknown("there is no list of members in it");
            case Known.Value<Fields>(Fields cluster) ->
                Known.of(new Topology(
                        cluster.list("members").stream()
                                .filter(member -> member.text("name").isPresent())
                                .map(PatroniJson::member)
                                .toList(),
                        cluster.flag("pause"),
                        scheduledSwitchover(cluster)));
        };
    }

    /** {@code GET /patroni}. An object without a state is not from Patroni. */
    public Known<MemberStatus> status(String json) {
        return switch (object(json)) {
            case Known.Unknown<Fields>(String because) -> Known.unknown(because);
            case Known.Value<Fields>(Fields status) when status.text("state").isEmpty() -> Fields.absent("state");
            case Known.Value<Fields>(Fields status) -> Known.of(status(status));
        };
    }

    /** {@code GET /config} and the answer to {@code PATCH /config}. */
    public Known<DynamicConfig> config(String json) {
        return object(json).map(config -> new DynamicConfig(mapper.convertValue(config.object(), TREE)));
    }

    /** A request body. */
    public String write(Map<String, ?> body) {
        return mapper.valueToTree(body).toString();
    }

    Known<Fields> object(String json) {
        return tree(json).map(Fields::new).map(PatroniJson::onlyObject).orElseGet(() -> Known.unknown("it is no JSON"));
    }

    Optional<JsonNode> tree(String json) {
        try {
            return Optional.ofNullable(mapper.readTree(json));
        } catch (JsonProcessingException notJson) {
            return Optional.empty(); // its message quotes the text, which may hold secrets
        }
    }

    private static Known<Fields> onlyObject(Fields fields) {
        return fields.object().isObject() ? Known.of(fields) : Known.unknown("it is no JSON object");
    }

    private static Member member(Fields member) {
        var role = MemberRole.of(member.textOrEmpty("role"));
        return new Member(
                member.textOrEmpty("name"),
                role,
                new MemberState(member.textOrEmpty("state")),
                member.text("api_url"),
                member.text("host"),
                member.number("port"),
                member.number("timeline"),
                role.leads() ? Known.of(0L) : member.number("lag"),
                member.texts("tags"),
                member.pendingRestart(),
                member.object("scheduled_restart").text("schedule"));
    }

    private static Optional<ScheduledSwitchover> scheduledSwitchover(Fields cluster) {
        var switchover = cluster.object("scheduled_switchover");
        return switchover.object().isObject()
                ? Optional.of(new ScheduledSwitchover(
                        switchover.instant("at"), switchover.text("from"), switchover.text("to")))
                : Optional.empty();
    }

    private static MemberStatus status(Fields status) {
        var patroni = status.object("patroni");
        return new MemberStatus(
                new MemberState(status.textOrEmpty("state")),
                PostgresRole.of(status.textOrEmpty("role")),
                status.text("replication_state"),
                status.number("server_version"),
                status.instant("postmaster_start_time"),
                status.number("timeline"),
                wal(status.object("xlog")),
                status.list("replication").stream()
                        .map(PatroniJson::replication)
                        .toList(),
                status.flag("sync_standby") || status.flag("quorum_standby"),
                status.pendingRestart(),
                status.object("scheduled_restart").text("schedule"),
                status.flag("pause"),
                status.flag("cluster_unlocked"),
                status.flag("failsafe_mode_is_active"),
                status.epoch("dcs_last_seen"),
                status.text("database_system_identifier"),
                patroni.text("version"),
                patroni.text("scope"),
                status.texts("tags"));
    }

    private static Known<WalPosition> wal(Fields xlog) {
        if (xlog.number("location") instanceof Known.Value<Long>(Long location)) {
            return Known.of(new WalPosition.Written(location));
        }
        var replayed = xlog.number("replayed_location");
        var received = xlog.number("received_location").orIfUnknown(0L); // 0 when fed from the archive only
        return replayed.map(location ->
                new WalPosition.Replayed(received, location, xlog.instant("replayed_timestamp"), xlog.flag("paused")));
    }

    private static ReplicationConnection replication(Fields connection) {
        return new ReplicationConnection(
                connection.textOrEmpty("application_name"),
                connection.textOrEmpty("usename"),
                connection.text("client_addr"),
                connection.textOrEmpty("state"),
                connection.textOrEmpty("sync_state"));
    }
}
