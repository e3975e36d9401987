package dev.patronioperator.kubernetes;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A new API server closes connections on which it was asked for what has just been defined. */
class ApiServerHttpClientTest {

    private static final int RETRIES = 3;

    @Test
    void aConnectionThatIsClosedBeforeTheAnswerIsAskedAgain() throws IOException {
        try (var server = new Server(2);
                var client = client(server)) {
            assertThat(client.configMaps().inNamespace("default").list().getItems())
                    .extracting(map -> map.getMetadata().getName())
                    .containsExactly("here");
            assertThat(server.requests).hasValue(3);
        }
    }

    @Test
    void anInformersFirstListDoesToo() throws IOException {
        try (var server = new Server(1);
                var client = client(server);
                var informer = client.configMaps().inNamespace("default").runnableInformer(0)) {
            informer.start().toCompletableFuture().join();

            assertThat(informer.getStore().listKeys()).containsExactly("default/here");
        }
    }

    @Test
    void aServerThatAlwaysClosesIsGivenUpInTheEnd() throws IOException {
        try (var server = new Server(Integer.MAX_VALUE);
                var client = client(server)) {
            var maps = client.configMaps().inNamespace("default");

            assertThatThrownBy(maps::list)
                    .isInstanceOf(KubernetesClientException.class)
                    .hasRootCauseMessage("Connection was closed");
            assertThat(server.requests).hasValue(1 + RETRIES);
        }
    }

    @Test
    void aDerivedClientSharesConnectionsAndEnd() throws IOException {
        HttpClient derived;
        try (var server = new Server(1);
                var client = client(server)) {
            derived = client.getHttpClient().newBuilder().build();
            assertThat(derived.isClosed()).isFalse();
        }

        assertThat(derived.isClosed()).isTrue();
    }

    private static KubernetesClient client(Server server) {
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.port())
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval(1)
                .build();
        return ApiServerClient.of(config, new KubernetesSerialization());
    }

    /** Closes the first connections when it has read a request, and answers every other with a list. */
    private static final class Server implements Closeable {

        private static final String LIST = new KubernetesSerialization()
                .asJson(new ConfigMapListBuilder()
                        .withNewMetadata()
                        .withResourceVersion("1")
                        .endMetadata()
                        .addNewItem()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("here")
                        .withResourceVersion("1")
                        .endMetadata()
                        .endItem()
                        .build());

        private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        private final AtomicInteger requests = new AtomicInteger();
        private final int closed;

        Server(int closed) throws IOException {
            this.closed = closed;
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return listener.getLocalPort();
        }

        private void serve() {
            while (!listener.isClosed()) {
                try (var connection = listener.accept();
                        var request = new BufferedReader(new InputStreamReader(connection.getInputStream()))) {
                    for (var line = request.readLine(); line != null && !line.isEmpty(); ) {
                        line = request.readLine();
                    }
                    if (requests.incrementAndGet() > closed) {
                        connection.getOutputStream().write(answer().getBytes(StandardCharsets.UTF_8));
                    }
                } catch (IOException gone) {
                    // the next connection is another
                }
            }
        }

        private static String answer() {
            return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                    + LIST.length() + "\r\n\r\n" + LIST;
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
