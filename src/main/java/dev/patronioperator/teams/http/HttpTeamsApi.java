package dev.patronioperator.teams.http;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import dev.patronioperator.http.HttpReply;
import dev.patronioperator.http.Waited;
import dev.patronioperator.teams.TeamAnswer;
import dev.patronioperator.teams.TeamsApi;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The Teams API over HTTP, with deadlines that hold for all of an exchange. Follows no redirects, since the token is meant for this
 * address and no other.
 */
public final class HttpTeamsApi implements TeamsApi {

    /** How long to wait for a connection, and for the whole answer. */
    public record Deadlines(Duration connect, Duration answer) {
        public static final Deadlines USUAL = new Deadlines(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

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

    @Override
    public TeamAnswer members(Access access, String team) {
        Waited.notOnEventLoop("the Teams API");
        try {
            var request = new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setAbsoluteURI(address(access, team).toURL())
                    .setFollowRedirects(false)
                    .putHeader(HttpHeaders.ACCEPT, "application/json")
                    .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + access.token());
            var connecting = http.request(request);
            return switch (Waited.on(connecting.compose(HttpTeamsApi::send), deadlines.answer())) {
                case Waited.Got<HttpReply>(HttpReply reply) -> json.read(reply.status(), reply.body());
                case Waited.Failed<HttpReply> failed -> {
                    // One that went on would keep its connection, of which there are only so many.
                    connecting.onSuccess(HttpClientRequest::reset);
                    yield silent(access, reason(failed));
                }
            };
        } catch (IllegalArgumentException | java.net.MalformedURLException notAnAddress) {
            return silent(access, "teams_api_url is no address of the form https://HOST/PATH");
        }
    }

    /** The name of a team is one part of the path, whatever stands in it. */
    private static URI address(Access access, String team) {
        return URI.create(access.url() + "/teams/"
                + URLEncoder.encode(team, UTF_8).replace("+", "%20").replace(".", "%2E"));
    }

    private static Future<HttpReply> send(HttpClientRequest request) {
        var reply = HttpReply.to(request);
        request.end();
        return reply;
    }

    private static TeamAnswer silent(Access access, String reason) {
        return new TeamAnswer.Unclear(
                "the Teams API at " + access.url() + " gave no answer: " + reason, false, Optional.empty());
    }

    /** Of what is not expected only the kind is told: what a library says of a request may hold its headers. */
    private String reason(Waited.Failed<?> failed) {
        return failed.cause() instanceof ConnectTimeoutException
                ? "no connection within " + deadlines.connect().toMillis() + " ms"
                : failed.reason().orElseGet(() -> failed.cause().getClass().getSimpleName());
    }
}
