package dev.patronioperator.patroni.http;

import java.util.Optional;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;

import dev.patronioperator.http.HttpReply;
import dev.patronioperator.http.Waited;
import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.MemberAddress;

/**
 * One HTTP exchange under deadlines that hold for all of it: a member that takes the connection and stays silent, or sends a byte a
 * second, costs no more than the answer's deadline. Follows no redirects, so that a broken or hostile member cannot lead astray, and
 * keeps no connection, as Patroni closes each.
 */
final class Transport {

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

    Answer<HttpReply> exchange(MemberAddress member, HttpMethod method, String path, Optional<String> body) {
        Waited.notOnEventLoop("Patroni");
        var connecting = http.request(new RequestOptions()
                .setMethod(method)
                .setHost(member.host())
                .setPort(member.port())
                .setURI(path)
                .setSsl(member.tls())
                .setFollowRedirects(false));
        return switch (Waited.on(connecting, settings.connectWithin())) {
            case Waited.Failed<HttpClientRequest> failed -> {
                connecting.onSuccess(HttpClientRequest::reset); // it came about too late
                yield new Answer.Unreachable<>(member + " cannot be reached: " + reason(failed));
            }
            case Waited.Got<HttpClientRequest>(HttpClientRequest request) -> send(member, request, body);
        };
    }

    private Answer<HttpReply> send(MemberAddress member, HttpClientRequest request, Optional<String> body) {
        settings.credentials()
                .ifPresent(
                        credentials -> request.putHeader(HttpHeaders.AUTHORIZATION, credentials.basicAuthorization()));
        body.ifPresent(json -> request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json"));
        var reply = HttpReply.to(request);
        request.end(Buffer.buffer(body.orElse("")));
        return switch (Waited.on(reply, settings.answerWithin())) {
            case Waited.Got<HttpReply>(HttpReply got) -> new Answer.Reached<>(got);
            case Waited.Failed<HttpReply> failed -> {
                request.reset();
                yield new Answer.Unclear<>(member + " gave no answer to " + request.getMethod() + " " + request.path()
                        + ": " + reason(failed));
            }
        };
    }

    private static String reason(Waited.Failed<?> failed) {
        return failed.reason()
                .or(() -> Optional.ofNullable(failed.cause().getMessage()))
                .orElseGet(() -> failed.cause().getClass().getSimpleName());
    }
}
