package dev.patronioperator.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import dev.patronioperator.patroni.MemberAddress;

/** The HTTP server of a {@link FakeMember}, and everything that can be wrong with one. */
final class FakeRestApi implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final String member;
    private final Function<FakePatroni.Request, FakePatroni.Reply> answers;
    private final boolean isTls;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<AutoCloseable> sockets = new ArrayList<>();
    private volatile Optional<Trouble> trouble = Optional.empty();
    private volatile Optional<String> authorization = Optional.empty();
    private volatile int port;

    FakeRestApi(
            String member, Function<FakePatroni.Request, FakePatroni.Reply> answers, Optional<SelfSigned> certificate) {
        this(member, answers, certificate, new InetSocketAddress(LOOPBACK, 0));
    }

    FakeRestApi(
            String member,
            Function<FakePatroni.Request, FakePatroni.Reply> answers,
            Optional<SelfSigned> certificate,
            InetSocketAddress listenOn) {
        this.member = member;
        this.answers = answers;
        this.isTls = certificate.isPresent();
        this.server = listen(certificate, listenOn);
        this.port = server.getAddress().getPort();
    }

    MemberAddress address() {
        return new MemberAddress(member, LOOPBACK.getHostAddress(), port, isTls);
    }

    void wantsPassword(String username, String password) {
        var plain = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        authorization = Optional.of("Basic " + Base64.getEncoder().encodeToString(plain));
    }

    void trouble(Trouble trouble) {
        this.trouble = Optional.of(trouble);
        switch (trouble) {
            case CONNECTION_REFUSED -> server.stop(0);
            case CONNECTION_HANGS -> port = portThatTakesNoMoreConnections();
            default -> {}
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        sockets.forEach(socket -> {
            try {
                socket.close();
            } catch (Exception ignored) {
                // on the way out
            }
        });
    }

    private HttpServer listen(Optional<SelfSigned> certificate, InetSocketAddress address) {
        try {
            HttpServer http;
            if (certificate.isPresent()) {
                var https = HttpsServer.create(address, 0);
                https.setHttpsConfigurator(
                        new HttpsConfigurator(certificate.get().serverContext()));
                http = https;
            } else {
                http = HttpServer.create(address, 0);
            }
            http.setExecutor(threads);
            http.createContext("/", this::handle);
            http.start();
            return http;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** With its backlog full Linux drops further attempts to connect, as a firewall would. */
    private int portThatTakesNoMoreConnections() {
        try {
            var full = new ServerSocket(0, 1, LOOPBACK);
            sockets.add(full);
            for (var i = 0; i < 4; i++) {
                var waiting = new Socket();
                sockets.add(waiting);
                connectQuietly(waiting, full.getLocalSocketAddress());
            }
            return full.getLocalPort();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void connectQuietly(Socket socket, java.net.SocketAddress to) throws IOException {
        try {
            socket.connect(to, 50);
        } catch (java.net.SocketTimeoutException backlogIsFull) {
            // as wished
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
            var request = new FakePatroni.Request(
                    member,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    body,
                    given);
            if (trouble.isPresent()) {
                misbehave(exchange, trouble.get());
            } else if (authorization.isPresent()
                    && !authorization.equals(given)
                    && !request.method().equals("GET")) {
                reply(exchange, 401, "text/html", given.isPresent() ? "not authenticated" : "no auth header received");
            } else {
                var reply = answers.apply(request);
                reply(
                        exchange,
                        reply.status(),
                        reply.body().startsWith("{") ? "application/json" : "text/html",
                        reply.body());
            }
        }
    }

    private void misbehave(HttpExchange exchange, Trouble trouble) throws IOException {
        switch (trouble) {
            case CONNECTION_REFUSED, CONNECTION_HANGS -> {} // a connection from before
            case NO_ANSWER -> untilClosed();
            case SLOW_DRIP -> drip(exchange);
            case HALF_ANSWER -> half(exchange);
            case CLOSED_WITHOUT_ANSWER -> {}
            case ENDLESS_ANSWER -> endless(exchange);
            case GARBAGE -> reply(exchange, 200, "application/json", "{\"members\": [{\"name\": \"ord");
            case OTHER_JSON -> reply(exchange, 200, "application/json", "[1, 2]");
            case EMPTY_ANSWER -> exchange.sendResponseHeaders(200, -1);
            case SERVER_ERROR -> reply(exchange, 500, "text/plain", "Traceback (most recent call last):\n  boom");
            case ERROR_PAGE ->
                reply(exchange, 502, "text/html", "<!DOCTYPE HTML>\n<html><h1>Error response</h1></html>");
            case REDIRECT -> {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
                reply(exchange, 302, "text/plain", "Found");
            }
            case UNAUTHORIZED -> reply(exchange, 401, "text/html", "no auth header received");
            case NOT_ON_ALLOW_LIST -> reply(exchange, 403, "text/html", "Access is denied");
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void untilClosed() {
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        var body = exchange.getResponseBody();
        try {
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                body.write(' ');
                body.flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void half(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("{\"members\": [".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        var chunk = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        while (closed.getCount() > 0) {
            body.write(chunk);
        }
    }
}
