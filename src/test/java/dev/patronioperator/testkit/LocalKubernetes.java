package dev.patronioperator.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * An instance of the project's local Kubernetes ({@code local/kubernetes.sh}).
 *
 * @param name its name
 * @param kubeconfig the administrator's
 * @param auditLog what the API server was asked for, one JSON object a line
 */
public record LocalKubernetes(String name, Path kubeconfig, Path auditLog) {

    public enum Mode {
        /** API server, controllers and scheduler; no root, no pods. */
        CONTROL_PLANE("control-plane"),
        /** Real pods; needs root. */
        NODE("node");

        private final String flag;

        Mode(String flag) {
            this.flag = flag;
        }
    }

    /** The repository's root: tests run with it as their working directory. */
    public static final Path ROOT = Path.of("").toAbsolutePath();

    private static final Path SCRIPT = ROOT.resolve("local/kubernetes.sh");

    /** Starts the instance unless it runs; takes seconds, minutes if Kubernetes has never been built on this machine. */
    static LocalKubernetes up(String name, Mode mode) {
        run("up", "--name", name, "--mode", mode.flag);
        return find(instance -> instance.name().equals(name))
                .orElseThrow(() -> new IllegalStateException("local/kubernetes.sh up made no instance " + name));
    }

    /** The running instance that this kubeconfig leads to. */
    static LocalKubernetes at(Path kubeconfig) {
        return find(instance -> instance.kubeconfig().equals(kubeconfig.toAbsolutePath()))
                .orElseThrow(() -> new IllegalStateException(kubeconfig
                        + " belongs to no instance of the local Kubernetes; see local/kubernetes.sh status"));
    }

    private static Optional<LocalKubernetes> find(Predicate<LocalKubernetes> wanted) {
        var found = new ArrayList<LocalKubernetes>();
        for (JsonNode instance : Serialization.unmarshal(run("status", "--json"), JsonNode.class)) {
            found.add(new LocalKubernetes(
                    instance.path("name").asText(),
                    Path.of(instance.path("kubeconfig").asText()),
                    Path.of(instance.path("auditLog").asText())));
        }
        return found.stream().filter(wanted).findFirst();
    }

    void down() {
        run("down", "--name", name, "--wipe");
    }

    private static String run(String... arguments) {
        var command = new ArrayList<String>();
        command.add(SCRIPT.toString());
        command.addAll(List.of(arguments));
        try {
            var messages = Files.createTempFile("local-kubernetes", ".log");
            var process = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectError(messages.toFile())
                    .start();
            var output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(40, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + Files.readString(messages));
            }
            Files.delete(messages);
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command) + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + String.join(" ", command), e);
        }
    }
}
