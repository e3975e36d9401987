package dev.patronioperator.kubernetes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.vertx.core.http.HttpClosedException;

/**
 * HTTP with the API server, by the client's usual means, with one difference: a connection that is closed before the answer came is a
 * failure like every other failure of the network. The client tries again after an {@link IOException} only, and what Vert.x throws then is none: a
 * list at start would end the program.
 */
final class ApiServerHttpClient
        extends StandardHttpClient<ApiServerHttpClient, HttpClient.Factory, ApiServerHttpClient.Builder> {

    private final StandardHttpClient<?, ?, ?> wire;

    private ApiServerHttpClient(Builder builder, AtomicBoolean closed, StandardHttpClient<?, ?, ?> wire) {
        super(builder, closed);
        this.wire = wire;
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        return wire.consumeBytesDirect(request, consumer).exceptionallyCompose(ApiServerHttpClient::translated);
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
            StandardWebSocketBuilder request, WebSocket.Listener listener) {
        return wire.buildWebSocketDirect(request, listener).exceptionallyCompose(ApiServerHttpClient::translated);
    }

    private static <T> CompletableFuture<T> translated(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return CompletableFuture.failedFuture(
                cause instanceof HttpClosedException closed ? new IOException(closed.getMessage(), closed) : cause);
    }

    @Override
    protected void doClose() {
        wire.close();
    }

    /** Makes clients; all that the configuration says of connections goes to the one that has them. */
    static final class Factory implements HttpClient.Factory {

        private final HttpClient.Factory wires = HttpClientUtils.getHttpClientFactory();

        @Override
        public HttpClient.Builder newBuilder(Config config) {
            var wire = (StandardHttpClient<?, ?, ?>) wires.newBuilder(config).build();
            var builder = new Builder(this, wire);
            HttpClientUtils.applyCommonConfiguration(config, builder, this);
            return builder;
        }

        /** For others than the API server, such as those who renew tokens. */
        @Override
        public HttpClient.Builder newBuilder() {
            return wires.newBuilder();
        }
    }

    /** Also of clients that are derived from another and share its connections. */
    static final class Builder extends StandardHttpClientBuilder<ApiServerHttpClient, HttpClient.Factory, Builder> {

        private final StandardHttpClient<?, ?, ?> wire;

        private Builder(HttpClient.Factory factory, StandardHttpClient<?, ?, ?> wire) {
            super(factory);
            this.wire = wire;
        }

        @Override
        public ApiServerHttpClient build() {
            return new ApiServerHttpClient(this, client == null ? new AtomicBoolean() : client.getClosed(), wire);
        }

        @Override
        protected Builder newInstance(HttpClient.Factory factory) {
            return new Builder(factory, wire);
        }
    }
}
