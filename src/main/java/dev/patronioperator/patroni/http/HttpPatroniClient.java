package dev.patronioperator.patroni.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import jakarta.inject.Singleton;

import io.vertx.core.Vertx;

import dev.patronioperator.http.HttpReply;
import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.patroni.model.MemberStatus;
import dev.patronioperator.patroni.model.RestartOutcome;
import dev.patronioperator.patroni.model.RestartRequest;
import dev.patronioperator.patroni.model.SwitchoverOutcome;
import dev.patronioperator.patroni.model.SwitchoverRequest;
import dev.patronioperator.patroni.model.Topology;
import dev.patronioperator.plan.Known;

/** The client of a real Patroni; what its answers mean is written in Patroni's api.py. */
@Singleton
public class HttpPatroniClient implements PatroniClient {

    private final Transport transport;
    private final PatroniJson json;
    private final CallListener listener;

    public HttpPatroniClient(Vertx vertx, ConnectionSettings settings, PatroniJson json, CallListener listener) {
        this.transport = new Transport(vertx, settings);
        this.json = json;
        this.listener = listener;
    }

    @Override
    public Answer<Topology> cluster(MemberAddress member) {
        return call(
                Call.CLUSTER,
                member,
                Map.of(),
                onSuccess(reply -> read(member, Call.CLUSTER, json.topology(reply.body()))));
    }

    @Override
    public Answer<MemberStatus> status(MemberAddress member) {
        return call(
                Call.STATUS,
                member,
                Map.of(),
                onSuccess(reply -> read(member, Call.STATUS, json.status(reply.body()))));
    }

    @Override
    public Answer<DynamicConfig> config(MemberAddress member) {
        return call(
                Call.CONFIG,
                member,
                Map.of(),
                onSuccess(reply -> read(member, Call.CONFIG, json.config(reply.body()))));
    }

    @Override
    public Answer<DynamicConfig> patchConfig(MemberAddress member, Map<String, ?> patch) {
        return call(
                Call.PATCH_CONFIG,
                member,
                patch,
                onSuccess(reply -> read(member, Call.PATCH_CONFIG, json.config(reply.body()))));
    }

    @Override
    public Answer<SwitchoverOutcome> switchover(MemberAddress member, SwitchoverRequest request) {
        var body = new LinkedHashMap<String, Object>();
        body.put("leader", request.leader());
        request.candidate().ifPresent(candidate -> body.put("candidate", candidate));
        request.at().map(Instant::toString).ifPresent(at -> body.put("scheduled_at", at));
        return call(Call.SWITCHOVER, member, body, reply -> switch (reply.status()) {
            case 200 -> new Answer.Reached<>(new SwitchoverOutcome.Completed(reply.text()));
            case 202 -> new Answer.Reached<>(new SwitchoverOutcome.Scheduled(reply.text()));
            case 412 -> new Answer.Reached<>(new SwitchoverOutcome.NotPossible(reply.text()));
            case 503 -> new Answer.Reached<>(new SwitchoverOutcome.Failed(reply.text()));
            default -> refused(reply);
        });
    }

    @Override
    public Answer<String> cancelSwitchover(MemberAddress member) {
        return call(Call.CANCEL_SWITCHOVER, member, Map.of(), onSuccess(HttpPatroniClient::said));
    }

    @Override
    public Answer<RestartOutcome> restart(MemberAddress member, RestartRequest request) {
        var body = new LinkedHashMap<String, Object>();
        if (request.onlyIfPending()) {
            body.put("restart_pending", true); // Patroni looks whether the key is there, not whether it is true
        }
        request.timeout().map(Duration::toSeconds).ifPresent(seconds -> body.put("timeout", Math.max(1, seconds)));
        request.at().map(Instant::toString).ifPresent(at -> body.put("schedule", at));
        return call(Call.RESTART, member, body, reply -> switch (reply.status()) {
            case 200 -> new Answer.Reached<>(new RestartOutcome.Completed(reply.text()));
            case 202 -> new Answer.Reached<>(new RestartOutcome.Scheduled(reply.text()));
            case 409 -> new Answer.Reached<>(new RestartOutcome.AlreadyScheduled(reply.text()));
            case 503 -> new Answer.Reached<>(new RestartOutcome.NotDone(reply.text()));
            default -> refused(reply);
        });
    }

    @Override
    public Answer<String> cancelRestart(MemberAddress member) {
        return call(Call.CANCEL_RESTART, member, Map.of(), onSuccess(HttpPatroniClient::said));
    }

    @Override
    public Answer<String> reload(MemberAddress member) {
        return call(Call.RELOAD, member, Map.of(), onSuccess(HttpPatroniClient::said));
    }

    @Override
    public Answer<String> reinitialize(MemberAddress member, boolean force) {
        return call(
                Call.REINITIALIZE,
                member,
                force ? Map.of("force", true) : Map.of(),
                onSuccess(HttpPatroniClient::said));
    }

    private <T> Answer<T> call(
            Call call, MemberAddress member, Map<String, ?> body, Function<HttpReply, Answer<T>> meaning) {
        var start = System.nanoTime();
        var text = body.isEmpty() ? Optional.<String>empty() : Optional.of(json.write(body));
        var answer =
                transport.exchange(member, call.method(), call.path(), text).then(meaning);
        listener.ended(call, answer, Duration.ofNanos(System.nanoTime() - start));
        return answer;
    }

    private static <T> Function<HttpReply, Answer<T>> onSuccess(Function<HttpReply, Answer<T>> meaning) {
        return reply -> reply.isSuccess() ? meaning.apply(reply) : refused(reply);
    }

    private static <T> Answer<T> refused(HttpReply reply) {
        return new Answer.Refused<>(reply.status(), reply.text());
    }

    private static Answer<String> said(HttpReply reply) {
        return new Answer.Reached<>(reply.text());
    }

    private static <T> Answer<T> read(MemberAddress member, Call call, Known<T> content) {
        return switch (content) {
            case Known.Value<T>(T value) -> new Answer.Reached<>(value);
            case Known.Unknown<T>(String because) ->
                new Answer.Unclear<>(member + " gave an answer to " + call + " that cannot be read: " + because);
        };
    }
}
