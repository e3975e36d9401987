package dev.patronioperator.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Vertx;

import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.http.Call;
import dev.patronioperator.patroni.http.ConnectionSettings;
import dev.patronioperator.patroni.http.HttpPatroniClient;
import dev.patronioperator.patroni.json.PatroniJson;

/** Real clients for tests without Quarkus. */
public final class PatroniClients implements AutoCloseable {

    /** A call that has ended, as a listener is told. */
    public record EndedCall(Call call, Answer<?> answer) {}

    private final Vertx vertx = Vertx.vertx();
    private final List<EndedCall> endedCalls = new CopyOnWriteArrayList<>();

    /** With the deadlines of the operator: for tests in which they must not strike. */
    public HttpPatroniClient patient() {
        return with(ConnectionSettings.DEFAULT);
    }

    /** With short deadlines: for tests in which they strike. */
    public HttpPatroniClient hasty() {
        return with(new ConnectionSettings(
                Duration.ofMillis(300), Duration.ofMillis(300), Optional.empty(), Optional.empty()));
    }

    public HttpPatroniClient with(ConnectionSettings settings) {
        return new HttpPatroniClient(
                vertx,
                settings,
                new PatroniJson(FakePatroni.JSON),
                (call, answer, took) -> endedCalls.add(new EndedCall(call, answer)));
    }

    /** What listeners were told, in order. */
    public List<EndedCall> endedCalls() {
        return List.copyOf(endedCalls);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
