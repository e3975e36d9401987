package dev.patronioperator.patroni.json;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;

import dev.patronioperator.patroni.model.ConfigRecord;
import dev.patronioperator.patroni.model.FailoverRecord;
import dev.patronioperator.patroni.model.LeaderRecord;
import dev.patronioperator.patroni.model.MemberState;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.patroni.model.PostgresRole;
import dev.patronioperator.patroni.model.SyncRecord;
import dev.patronioperator.patroni.model.TimelineChange;
import dev.patronioperator.plan.Known;

/**
 * Reads what Patroni keeps in the annotations of Kubernetes objects when Kubernetes is its DCS (patroni/dcs/kubernetes.py). Each
 * method takes all annotations of the object; null, as the API has it, means none.
 */
@Singleton
public class PatroniAnnotations {

    private final PatroniJson json;

    public PatroniAnnotations(PatroniJson json) {
        this.json = json;
    }

    /** What a member says of itself on its Pod; unknown until it has said anything, or if that cannot be read. */
    public Known<PodStatus> podStatus(Map<String, String> annotations) {
        return text(annotations, PodStatus.ANNOTATION)
                .map(status -> switch (json.object(status)) {
                    case Known.Value<Fields>(Fields fields)
                    when fields.text("state").isPresent() -> Known.of(podStatus(fields));
                    case Known.Value<Fields> ignored ->
                        Known.<PodStatus>unknown("the annotation status of the Pod has no state");
                    case Known.Unknown<Fields>(String because) ->
                        Known.<PodStatus>unknown("the annotation status of the Pod cannot be read: " + because);
                })
                .orElseGet(() -> Known.unknown("the Pod has no annotation status: Patroni has not come up in it yet"));
    }

    /** The leader key. */
    public LeaderRecord leader(Map<String, String> annotations) {
        return new LeaderRecord(
                text(annotations, "leader"),
                number(annotations, "optime"),
                number(annotations, "ttl").map(Duration::ofSeconds),
                instant(annotations, "acquireTime"),
                instant(annotations, "renewTime"),
                number(annotations, "transitions"));
    }

    /** The synchronous standbys. */
    public SyncRecord sync(Map<String, String> annotations) {
        var standbys = text(annotations, "sync_standby").stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new SyncRecord(
                text(annotations, "leader"),
                new LinkedHashSet<>(standbys),
                number(annotations, "quorum").orIfUnknown(0L));
    }

    /** The switchover that was asked for. */
    public FailoverRecord failover(Map<String, String> annotations) {
        return new FailoverRecord(
                text(annotations, "leader"),
                text(annotations, "member"),
                text(annotations, "scheduled_at").map(at -> Fields.parseInstant("scheduled_at", at)));
    }

    /** Initialisation, dynamic configuration and history of timelines. */
    public ConfigRecord config(Map<String, String> annotations) {
        return new ConfigRecord(
                text(annotations, "initialize"),
                text(annotations, "config").map(json::config).orElseGet(() -> Fields.absent("config")),
                text(annotations, "history")
                        .flatMap(json::tree)
                        .map(PatroniAnnotations::history)
                        .orElse(List.of()));
    }

    private static PodStatus podStatus(Fields status) {
        return new PodStatus(
                new MemberState(status.textOrEmpty("state")),
                PostgresRole.of(status.textOrEmpty("role")),
                status.text("replication_state"),
                status.text("api_url"),
                status.text("conn_url"),
                status.text("version"),
                status.number("timeline"),
                status.number("xlog_location"),
                status.number("replay_lsn"),
                status.pendingRestart(),
                status.flag("replay_paused"),
                status.flag("pause"),
                status.texts("tags"));
    }

    private static List<TimelineChange> history(JsonNode lines) {
        return StreamSupport.stream(lines.spliterator(), false)
                .filter(line -> line.path(0).isIntegralNumber())
                .map(line -> new TimelineChange(
                        line.path(0).longValue(),
                        line.path(1).longValue(),
                        line.path(2).asText(),
                        line.path(3).isTextual()
                                ? Fields.parseInstant("history", line.path(3).asText())
                                : Fields.absent("history"),
                        Optional.of(line.path(4)).filter(JsonNode::isTextual).map(JsonNode::asText)))
                .toList();
    }

    private static Optional<String> text(Map<String, String> annotations, String name) {
        return Optional.ofNullable(annotations).map(all -> all.get(name)).filter(text -> !text.isEmpty());
    }

    private static Known<Long> number(Map<String, String> annotations, String name) {
        return text(annotations, name)
                .map(text -> Fields.parseNumber(name, text))
                .orElseGet(() -> Fields.absent(name));
    }

    private static Known<Instant> instant(Map<String, String> annotations, String name) {
        return text(annotations, name)
                .map(text -> Fields.parseInstant(name, text))
                .orElseGet(() -> Fields.absent(name));
    }
}
