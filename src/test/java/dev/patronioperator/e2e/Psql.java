package dev.patronioperator.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.fabric8.kubernetes.client.KubernetesClient;

/** psql, and PostgreSQL's other tools, in the container of a member. */
record Psql(KubernetesClient client, String namespace) {

    /** As superuser. */
    List<String> query(String pod, String statement) {
        return query(pod, "postgres", statement);
    }

    List<String> query(String pod, String database, String statement) {
        return run(
                pod, statement, "psql", "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-Atqc", statement);
    }

    /** As somebody else, over the network, with a password. */
    List<String> queryAs(String pod, String user, String password, String database, String statement) {
        return run(
                pod,
                statement,
                "env",
                "PGPASSWORD=" + password,
                "psql",
                "-h",
                "127.0.0.1",
                "-U",
                user,
                "-d",
                database,
                "-v",
                "ON_ERROR_STOP=1",
                "-Atqc",
                statement);
    }

    /** What a program prints. */
    List<String> output(String pod, String... command) {
        return run(pod, command[0], command);
    }

    private List<String> run(String pod, String statement, String... command) {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        try (var running = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer("postgres")
                .writingOutput(output)
                .writingError(errors)
                .exec(command)) {
            var code = running.exitCode().get(30, TimeUnit.SECONDS);
            if (code != 0) {
                throw new IllegalStateException(
                        statement + " failed on " + pod + ": " + errors.toString(StandardCharsets.UTF_8));
            }
            return output.toString(StandardCharsets.UTF_8).lines().toList();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(statement + " on " + pod + " did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
