package dev.patronioperator.teams.http;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import dev.patronioperator.teams.TeamAnswer;
import dev.patronioperator.teams.TeamsApi;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The Teams API over HTTP, with deadlines that hold for all of an exchange. Follows no redirects, since the token is meant for this
 * address and no other, and reads no more than {@value #LONGEST_BODY} bytes.
 */
public final class HttpTeamsApi implements TeamsApi {

    /** How long to wait for a connection, and for the whole answer. */
    public record Deadlines(Duration connect, Duration answer) {
        public static final Deadlines USUAL = new Deadlines(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    private static final int LONGEST_BODY = 4 * 1024 * 1024;

    private final HttpClient http;
    private final TeamsApiJson json;
    private final Deadlines deadlines;

    public HttpTeamsApi(Vertx vertx, ObjectMapper mapper, Deadlines deadlines) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(deadlines.connect().toMillis())));
        this.json = new TeamsApiJson(mapper);
        this.deadlines = deadlines;
    }

    /** The answer fills the memory. */
    private static final class TooLong extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private record Reply(int status, String body) {}

    @Override
    public TeamAnswer members(Access access, String team) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("the Teams API must not be called from an event loop");
        }
        try {
            var request = new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setAbsoluteURI(address(access, team).toURL())
                    .setFollowRedirects(false)
                    .putHeader(HttpHeaders.ACCEPT, "application/json")
                    .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + access.token());
            var reply = await(exchange(request));
            return json.read(reply.status(), reply.body());
        } catch (ExecutionException failure) {
            return silent(access, reason(failure.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return silent(access, "the operator is stopping");
        } catch (IllegalArgumentException | java.net.MalformedURLException notAnAddress) {
            return silent(access, "teams_api_url is no address of the form https://HOST/PATH");
        }
    }

    /** The name of a team is one part of the path, whatever stands in it. */
    private static URI address(Access access, String team) {
        return URI.create(access.url() + "/teams/"
                + URLEncoder.encode(team, UTF_8).replace("+", "%20").replace(".", "%2E"));
    }

    private Future<Reply> exchange(RequestOptions options) {
        return http.request(options).compose(request -> request.send().compose(HttpTeamsApi::whole));
    }

    private static Future<Reply> whole(HttpClientResponse response) {
        var body = Buffer.buffer();
        Promise<Reply> reply = Promise.promise();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LONGEST_BODY) {
                reply.tryFail(new TooLong());
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(reply::tryFail);
        response.endHandler(end -> reply.tryComplete(new Reply(response.statusCode(), body.toString())));
        return reply.future();
    }

    private Reply await(Future<Reply> reply) throws ExecutionException, InterruptedException {
        return reply.timeout(deadlines.answer().toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private static TeamAnswer silent(Access access, String reason) {
        return new TeamAnswer.Unclear(
                "the Teams API at " + access.url() + " gave no answer: " + reason, false, Optional.empty());
    }

    /** Of what is not expected only the kind is told: what a library says of a request may hold its headers. */
    private String reason(Throwable cause) {
        return switch (cause) {
            case java.util.concurrent.TimeoutException late ->
                "nothing within " + deadlines.answer().toMillis() + " ms";
            case io.netty.channel.ConnectTimeoutException late ->
                "no connection within " + deadlines.connect().toMillis() + " ms";
            case java.net.ConnectException refused -> "connection refused";
            case java.net.UnknownHostException unknown -> "the host is not known";
            case javax.net.ssl.SSLException tls -> "TLS: " + tls.getMessage();
            case TooLong tooLong -> "it is longer than " + LONGEST_BODY + " bytes";
            default -> cause.getClass().getSimpleName();
        };
    }
}
