package dev.patronioperator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.Awaitility;

/**
 * The packaged operator as a process of its own, configured by environment variables as in its pod, under the ServiceAccount and the role that it is installed
 * with. It looks after one namespace, so that several tests can run at once.
 */
public final class OperatorUnderTest implements AutoCloseable {

    private static final Path PROGRAM = LocalKubernetes.ROOT.resolve("target/quarkus-app/quarkus-run.jar");
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseStringDeduplication",
            "-Xms32m",
            "-Xss512k",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

    private final OperatorIdentity identity;
    private final ProcessBuilder start;
    private final Process process;
    private final Path log;
    private final URI url;

    private OperatorUnderTest(OperatorIdentity identity, ProcessBuilder start, Process process, Path log, URI url) {
        this.identity = identity;
        this.start = start;
        this.process = process;
        this.log = log;
        this.url = url;
    }

    public static final class Builder {

        private final KubernetesClient client;
        private final String namespace;
        private final Map<String, String> configuration = new TreeMap<>();
        private final Map<String, String> environment = new TreeMap<>();
        private final Consumer<OperatorUnderTest> started;
        private ApiServerProxy proxy;
        private String heap = "192m";

        Builder(KubernetesClient client, String namespace, Consumer<OperatorUnderTest> started) {
            this.client = client;
            this.namespace = namespace;
            this.started = started;
        }

        /** A parameter of the operator's ConfigMap. */
        public Builder with(String parameter, String value) {
            configuration.put(parameter, value);
            return this;
        }

        public Builder withEnvironment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** How much heap it may use; what it is installed with unless said. */
        public Builder withHeap(String size) {
            heap = size;
            return this;
        }

        /** Lets the operator reach the API server only through the proxy. */
        public Builder through(ApiServerProxy proxy) {
            this.proxy = proxy;
            return this;
        }

        /** Writes the ConfigMap, which an operator that runs already follows. */
        public void configure() {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("patroni-operator")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withData(configuration)
                            .build())
                    .serverSideApply();
        }

        /** Starts it and waits until it says that it is ready. */
        public OperatorUnderTest start() {
            var operator = launch();
            operator.awaitReady();
            return operator;
        }

        /** Starts it and does not wait. */
        public OperatorUnderTest launch() {
            if (!Files.exists(PROGRAM)) {
                throw new IllegalStateException(
                        PROGRAM + " is missing: ./mvnw package -DskipTests builds the operator");
            }
            configure();
            var identity = OperatorIdentity.in(client, namespace);
            try {
                var log = Files.createTempFile(
                        Files.createDirectories(LocalKubernetes.ROOT.resolve("target/operator-logs")),
                        namespace,
                        ".log");
                var port = freePort();
                var command = new ArrayList<String>();
                command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
                command.addAll(JVM_OPTIONS);
                command.add("-Xmx" + heap);
                command.addAll(List.of("-jar", PROGRAM.toString(), "operator"));
                var builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
                builder.environment()
                        .putAll(Map.of(
                                "KUBECONFIG",
                                identity.kubeconfig(proxy == null ? null : proxy.url())
                                        .toString(),
                                "WATCHED_NAMESPACE",
                                namespace,
                                "OPERATOR_NAMESPACE",
                                namespace,
                                "CONFIG_MAP_NAME",
                                "patroni-operator",
                                "QUARKUS_HTTP_HOST",
                                "127.0.0.1",
                                "QUARKUS_HTTP_PORT",
                                Integer.toString(port)));
                builder.environment().putAll(environment);
                var operator = new OperatorUnderTest(
                        identity, builder, builder.start(), log, URI.create("http://127.0.0.1:" + port));
                started.accept(operator);
                return operator;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }
    }

    /** The user that the API server's audit log knows it by. */
    public String user() {
        return identity.user();
    }

    /**
     * Runs another command of the same program, with the same rights.
     *
     * @param environment laid over the operator's own
     * @return what it printed
     */
    public String command(Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<>(start.command().subList(0, start.command().size() - 1));
        command.addAll(arguments);
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(start.environment());
            builder.environment().putAll(environment);
            return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its health and metrics are. */
    public URI url() {
        return url;
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory, in MiB. */
    public double memory() {
        try (var status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time that it has used so far. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void awaitReady() {
        Awaitility.await("the operator is ready; its log is " + log)
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .failFast(this::assertAlive)
                .until(this::isReady);
    }

    private void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the operator ended with exit code " + process.exitValue() + ":\n" + log());
        }
    }

    /** SIGKILL: it has no chance to finish anything. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM: it ends in its own way. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        identity.revoke();
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady() {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(url.resolve("/q/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
