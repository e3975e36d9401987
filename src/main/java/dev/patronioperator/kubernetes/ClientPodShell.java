package dev.patronioperator.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Runs programs through the API server, as {@code kubectl exec} does. */
@ApplicationScoped
class ClientPodShell implements PodShell {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final KubernetesClient client;

    ClientPodShell(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Ran run(String namespace, String pod, String container, List<String> command, String input) {
        var output = new ByteArrayOutputStream();
        try (var program = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer(container)
                .redirectingInput()
                .writingOutput(output)
                .writingError(output)
                .exec(command.toArray(String[]::new))) {
            try (var standardInput = program.getInput()) {
                standardInput.write(input.getBytes(UTF_8));
            }
            int exitCode = program.exitCode().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            return new Ran.Ended(exitCode, output.toString(UTF_8).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ran.Unclear("interrupted");
        } catch (TimeoutException e) {
            return new Ran.Unclear("no end within " + LONGEST.toSeconds() + " seconds");
        } catch (IOException | ExecutionException | KubernetesClientException e) {
            return new Ran.Unclear(String.valueOf(e.getMessage()));
        }
    }
}
