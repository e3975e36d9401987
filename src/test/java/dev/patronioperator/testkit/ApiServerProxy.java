package dev.patronioperator.testkit;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;

/**
 * Stands between an operator and the API server and counts effects: requests that write, except for leases and questions about rights. After the n-th it can do
 * something (kill the operator) at the one interesting moment: the effect has happened, and the operator does not know yet.
 */
public final class ApiServerProxy implements AutoCloseable {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final ServerSocket listener;
    private final SSLContext tls;
    private final URI server;
    private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger effects = new AtomicInteger();
    private volatile Cut cut = new Cut(Integer.MAX_VALUE, () -> {});

    private record Cut(int after, Runnable act) {}

    ApiServerProxy(KubernetesClient client) {
        try {
            server = URI.create(client.getConfiguration().getMasterUrl());
            tls = SSLUtils.sslContext(client.getConfiguration());
            listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (Exception e) {
            throw new IllegalStateException("cannot stand before " + client.getMasterUrl(), e);
        }
        connections.submit(this::accept);
    }

    /**
     * From now on counts to {@code effects}: when the API server has answered that one, {@code act} is run, and neither this answer nor anything after it is passed
     * on.
     */
    public void cutAfter(int effects, Runnable act) {
        cut = new Cut(this.effects.get() + effects, act);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** How many effects the API server has answered. */
    public int effects() {
        return effects.get();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(ApiServerProxy::closeQuietly);
        connections.shutdownNow();
    }

    private Void accept() throws IOException {
        while (!listener.isClosed()) {
            var client = listener.accept();
            connections.submit(() -> serve(client));
        }
        return null;
    }

    private Void serve(Socket client) throws IOException {
        var upstream = tls.getSocketFactory().createSocket(server.getHost(), server.getPort());
        open.add(client);
        open.add(upstream);
        try (client;
                upstream;
                var requests = new BufferedInputStream(client.getInputStream());
                var responses = new BufferedInputStream(upstream.getInputStream())) {
            for (var request = HttpMessage.read(requests); request != null; request = HttpMessage.read(requests)) {
                request.forward(requests, upstream.getOutputStream(), false);
                var response = HttpMessage.read(responses);
                if (response == null || isEffect(request) && isCutBy(effects.incrementAndGet())) {
                    return null;
                }
                if (response.status() == 101) {
                    tunnel(response, requests, responses, client, upstream);
                    return null;
                }
                response.forward(
                        responses, client.getOutputStream(), request.method().equals("HEAD"));
            }
        } finally {
            open.remove(client);
            open.remove(upstream);
        }
        return null;
    }

    private boolean isCutBy(int effect) {
        if (effect == cut.after()) {
            cut.act().run();
        }
        return effect >= cut.after();
    }

    /** A watch over WebSocket: bytes both ways until one side ends. */
    private void tunnel(
            HttpMessage response,
            BufferedInputStream requests,
            BufferedInputStream responses,
            Socket client,
            Socket upstream)
            throws IOException {
        connections.submit(() -> {
            try (upstream) {
                return pump(requests, upstream.getOutputStream());
            }
        });
        response.writeHead(client.getOutputStream());
        pump(responses, client.getOutputStream());
    }

    private static Void pump(BufferedInputStream from, OutputStream to) throws IOException {
        var buffer = new byte[16 * 1024];
        for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
        return null;
    }

    private static boolean isEffect(HttpMessage request) {
        return WRITES.contains(request.method())
                && !request.path().contains("/coordination.k8s.io/")
                && !request.path().contains("/authorization.k8s.io/");
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyGone) {
            // nothing is left to close
        }
    }
}
