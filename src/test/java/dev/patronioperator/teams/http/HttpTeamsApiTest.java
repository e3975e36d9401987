package dev.patronioperator.teams.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.teams.TeamAnswer;
import dev.patronioperator.teams.TeamsApi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Against a server that plays the Teams API. */
class HttpTeamsApiTest {

    private static final String TOKEN = "s3cr3t-token";

    private final Vertx vertx = Vertx.vertx();
    private final TeamsApi api = new HttpTeamsApi(
            vertx, new ObjectMapper(), new HttpTeamsApi.Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(30)));
    private final TeamsApi hasty = new HttpTeamsApi(
            vertx, new ObjectMapper(), new HttpTeamsApi.Deadlines(Duration.ofMillis(200), Duration.ofMillis(200)));
    private final List<String> requests = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private int status = 200;
    private String body = "{}";
    private Optional<String> location = Optional.empty();
    private volatile boolean hangs;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            if (hangs) {
                hang();
            }
            location.ifPresent(to -> exchange.getResponseHeaders().add("Location", to));
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        vertx.close();
    }

    private TeamsApi.Access access() {
        return new TeamsApi.Access("http://127.0.0.1:" + server.getAddress().getPort() + "/api", TOKEN);
    }

    @Test
    void asksForTheTeamWithTheToken() {
        body = "{\"id\": \"acid\", \"member\": [\"anna\", \"ben\"], \"mail\": [1]}";

        assertThat(api.members(access(), "acid")).isEqualTo(new TeamAnswer.Members(List.of("anna", "ben")));
        assertThat(requests).containsExactly("GET /api/teams/acid Bearer " + TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"a/b, a%2Fb", "../../admin, %2E%2E%2F%2E%2E%2Fadmin", "a b?c#d, a%20b%3Fc%23d", "ü, %C3%BC"})
    void theNameOfATeamIsOnePartOfThePath(String team, String inPath) {
        api.members(access(), team);

        assertThat(requests).containsExactly("GET /api/teams/" + inPath + " Bearer " + TOKEN);
    }

    @Test
    void aTeamThatIsNotThereIsNoError() {
        status = 404;
        body = "{\"error\": \"no such team\"}";

        assertThat(api.members(access(), "acid")).isEqualTo(new TeamAnswer.NoSuchTeam());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"error\": \"no such\\nrealm\"} | status 401: no such realm",
                "404 | <html>default backend</html> | status 404, but not in JSON",
                "404 | '' | status 404, but not in JSON",
                "404 | \"page not found\" | status 404, but not in JSON",
                "418 | {\"error\": 5 | status 418",
                "503 | <html>busy</html> | status 503",
                "200 | {\"member\": \"anna\"} | no object with a list named member",
                "200 | [\"anna\"] | no object with a list named member",
                "200 | {\"member\": [\"anna\" | no object with a list named member",
                "200 | {} | no object with a list named member",
                "200 | {\"member\": [\"anna\", null]} | names a member that is no text"
            })
    void whatIsNoAnswerIsUnclear(int answered, String said, String shown) {
        status = answered;
        body = said;

        assertThat(api.members(access(), "acid")).isInstanceOfSatisfying(TeamAnswer.Unclear.class, unclear -> {
            assertThat(unclear.because()).contains(shown).doesNotContain(TOKEN);
            assertThat(unclear.heard()).isTrue();
        });
    }

    /** The token is meant for one address. */
    @Test
    void redirectsAreNotFollowed() {
        status = 302;
        location = Optional.of("http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");

        assertThat(api.members(access(), "acid")).isInstanceOf(TeamAnswer.Unclear.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForAnyLonger() {
        hangs = true;

        assertThat(hasty.members(access(), "acid")).isInstanceOfSatisfying(TeamAnswer.Unclear.class, unclear -> {
            assertThat(unclear.heard()).isFalse();
            assertThat(unclear.because()).contains("nothing within 200 ms").doesNotContain(TOKEN);
        });
    }

    /** A client opens only so many connections to one address. */
    @Test
    void questionsThatHangDoNotKeepLaterOnesFromBeingAsked() {
        hangs = true;
        for (int asked = 0; asked < 2 * HttpClientOptions.DEFAULT_MAX_POOL_SIZE; asked++) {
            hasty.members(access(), "acid");
        }
        hangs = false;

        body = "{\"member\": [\"anna\"]}";
        await().untilAsserted(() ->
                assertThat(hasty.members(access(), "acid")).isEqualTo(new TeamAnswer.Members(List.of("anna"))));
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() {
        body = "{\"member\": [\"" + "x".repeat(5 * 1024 * 1024) + "\"]}";

        assertThat(api.members(access(), "acid"))
                .isInstanceOfSatisfying(TeamAnswer.Unclear.class, unclear -> assertThat(unclear.because())
                        .contains("longer than 4194304 bytes"));
    }

    @Test
    void whereNobodyListensNobodyWasHeard() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        assertThat(api.members(new TeamsApi.Access("http://127.0.0.1:" + closed, TOKEN), "acid"))
                .isInstanceOfSatisfying(TeamAnswer.Unclear.class, unclear -> {
                    assertThat(unclear.heard()).isFalse();
                    assertThat(unclear.because()).contains("connection refused").doesNotContain(TOKEN);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "teams", "ftp://teams", "http://", "http://a b/", "unix:///x"})
    void anAddressThatIsNoneIsSaid(String url) {
        assertThat(api.members(new TeamsApi.Access(url, TOKEN), "acid"))
                .isInstanceOfSatisfying(TeamAnswer.Unclear.class, unclear -> assertThat(unclear.because())
                        .doesNotContain(TOKEN));
    }

    @Test
    void theTokenIsNotPrinted() {
        assertThat(access().toString()).doesNotContain(TOKEN);
    }
}
