package dev.patronioperator.patroni.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;

import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.MemberAddress;

/**
 * One HTTP exchange under deadlines that hold for all of it: a member that takes the connection and stays silent, or sends a byte a
 * second, costs no more than the answer's deadline. Follows no redirects, keeps no connection (Patroni closes each), and reads no more
 * than {@value #LONGEST_BODY} bytes, so that a broken or hostile member can neither lead astray nor fill the memory.
 */
final class Transport {

    private static final int LONGEST_BODY = 4 * 1024 * 1024;

    private final HttpClient http;
    private final ConnectionSettings settings;

    Transport(Vertx vertx, ConnectionSettings settings) {
        this.settings = settings;
        var options = new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(settings.connectWithin().toMillis()))
                .setVerifyHost(false);
        settings.certificateAuthority()
                .ifPresentOrElse(
                        file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())),
                        () -> options.setTrustAll(true));
        this.http = vertx.createHttpClient(options);
    }

    Answer<Reply> exchange(MemberAddress member, HttpMethod method, String path, Optional<String> body) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException(
                    "Patroni must not be called from an event loop: the answer would never come");
        }
        var connecting = http.request(new RequestOptions()
                .setMethod(method)
                .setHost(member.host())
                .setPort(member.port())
                .setURI(path)
                .setSsl(member.tls())
                .setFollowRedirects(false));
        return switch (await(connecting, settings.connectWithin())) {
            case Waited.Failed<HttpClientRequest>(String reason) -> {
                connecting.onSuccess(HttpClientRequest::reset); // it came about too late
                yield new Answer.Unreachable<>(member + " cannot be reached: " + reason);
            }
            case Waited.Got<HttpClientRequest>(HttpClientRequest request) -> send(member, request, body);
        };
    }

    private Answer<Reply> send(MemberAddress member, HttpClientRequest request, Optional<String> body) {
        settings.credentials()
                .ifPresent(
                        credentials -> request.putHeader(HttpHeaders.AUTHORIZATION, credentials.basicAuthorization()));
        body.ifPresent(json -> request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json"));
        // Who listens after sending may be late for an answer that comes at once, and then nobody has taken its body.
        var reply = request.response().compose(Transport::whole);
        request.end(Buffer.buffer(body.orElse("")));
        return switch (await(reply, settings.answerWithin())) {
            case Waited.Got<Reply>(Reply got) -> new Answer.Reached<>(got);
            case Waited.Failed<Reply>(String reason) -> {
                request.reset();
                yield new Answer.Unclear<>(
                        member + " gave no answer to " + request.getMethod() + " " + request.path() + ": " + reason);
            }
        };
    }

    private static Future<Reply> whole(HttpClientResponse response) {
        var body = Buffer.buffer();
        Promise<Reply> reply = Promise.promise();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LONGEST_BODY) {
                reply.tryFail("it is longer than " + LONGEST_BODY + " bytes");
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(reply::tryFail);
        response.endHandler(
                end -> reply.tryComplete(new Reply(response.statusCode(), response.statusMessage(), body.toString())));
        return reply.future();
    }

    private static <T> Waited<T> await(Future<T> future, Duration deadline) {
        try {
            return new Waited.Got<>(future.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get());
        } catch (ExecutionException failure) {
            return new Waited.Failed<>(reason(failure.getCause(), deadline));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Waited.Failed<>("the operator is stopping");
        }
    }

    private static String reason(Throwable cause, Duration deadline) {
        return switch (cause) {
            case java.util.concurrent.TimeoutException late -> "nothing within " + deadline.toMillis() + " ms";
            case io.netty.channel.ConnectTimeoutException late -> "nothing within " + deadline.toMillis() + " ms";
            case java.net.ConnectException refused -> "connection refused";
            case java.net.UnknownHostException unknown -> "the host is not known";
            case javax.net.ssl.SSLException tls -> "TLS: " + tls.getMessage();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }

    /** A future that has been waited for. */
    private sealed interface Waited<T> {
        record Got<T>(T value) implements Waited<T> {}

        record Failed<T>(String reason) implements Waited<T> {}
    }
}
