package dev.patronioperator.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Context;
import io.vertx.core.Future;

/** A future that has been waited for, no longer than a deadline. */
public sealed interface Waited<T> {

    record Got<T>(T value) implements Waited<T> {}

    /**
     * Nothing came.
     *
     * @param reason for people, and fit to be told; empty if the cause is not expected: whether its message may be told is for those to
     *     say who know what they have sent, as what a library says of a request may hold its headers
     */
    record Failed<T>(Throwable cause, Optional<String> reason) implements Waited<T> {}

    /** Must be asked before anything is sent: the thread that would wait is the one that takes answers in. */
    static void notOnEventLoop(String whom) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException(
                    whom + " must not be called from an event loop: the answer would never come");
        }
    }

    static <T> Waited<T> on(Future<T> future, Duration deadline) {
        try {
            return new Got<>(future.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get());
        } catch (ExecutionException failure) {
            return new Failed<>(failure.getCause(), reason(failure.getCause(), deadline));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Failed<>(interrupted, Optional.of("the operator is stopping"));
        }
    }

    private static Optional<String> reason(Throwable cause, Duration deadline) {
        return Optional.ofNullable(
                switch (cause) {
                    case java.util.concurrent.TimeoutException late -> "nothing within " + deadline.toMillis() + " ms";
                    case io.netty.channel.ConnectTimeoutException late ->
                        "nothing within " + deadline.toMillis() + " ms";
                    case java.net.ConnectException refused -> "connection refused";
                    case java.net.UnknownHostException unknown -> "the host is not known";
                    case javax.net.ssl.SSLException tls -> "TLS: " + tls.getMessage();
                    case TooLongException tooLong -> tooLong.getMessage();
                    default -> null;
                });
    }
}
