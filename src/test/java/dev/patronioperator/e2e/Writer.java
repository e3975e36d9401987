package dev.patronioperator.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.patronioperator.testkit.Kubelet;

/**
 * An application that writes to a cluster through its primary Service all the time and prints each number whose commit was acknowledged: what it printed must
 * never be lost. It connects anew after any error and never writes a number twice.
 */
record Writer(KubernetesClient client, String namespace, String cluster) {

    private static final String PROGRAM =
            """
            import os, psycopg2, time
            number, connection = 0, None
            while True:
                number += 1
                try:
                    if connection is None:
                        connection = psycopg2.connect(host=os.environ["HOST"], user="postgres", dbname="postgres",
                            password=os.environ["PASSWORD"], connect_timeout=2, options="-c statement_timeout=5000")
                        with connection.cursor() as cursor:
                            cursor.execute("CREATE TABLE IF NOT EXISTS written (number bigint PRIMARY KEY)")
                        connection.commit()
                    with connection.cursor() as cursor:
                        cursor.execute("INSERT INTO written VALUES (%s)", (number,))
                    connection.commit()
                    print(number, time.time_ns() // 1000000, flush=True)
                except psycopg2.Error as error:
                    print("#", type(error).__name__, flush=True)
                    try:
                        if connection is not None:
                            connection.close()
                    finally:
                        connection = None
                time.sleep(0.05)
            """;

    void start() {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(pod())
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(0L)
                        .addNewContainer()
                        .withName("writer")
                        .withImage(Kubelet.DATABASE_IMAGE)
                        .withCommand("python3", "-c", PROGRAM)
                        .withEnv(
                                new EnvVarBuilder()
                                        .withName("HOST")
                                        .withValue(cluster)
                                        .build(),
                                new EnvVarBuilder()
                                        .withName("PASSWORD")
                                        .withValueFrom(new EnvVarSourceBuilder()
                                                .withNewSecretKeyRef(
                                                        "password",
                                                        "postgres." + cluster + ".credentials.postgresql.acid.zalan.do",
                                                        false)
                                                .build())
                                        .build())
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    boolean isRunning() {
        var pod = client.pods().inNamespace(namespace).withName(pod()).get();
        return pod != null && "Running".equals(pod.getStatus().getPhase());
    }

    /** Numbers whose commit was acknowledged so far. */
    TreeSet<Long> acknowledged() {
        var numbers = new TreeSet<Long>();
        acknowledgements().forEach(line -> numbers.add(Long.parseLong(line.split(" ")[0])));
        return numbers;
    }

    /**
     * A time in which the application was turned away: between two acknowledged writes it met one error or more.
     *
     * @param length from the last acknowledged write before to the first one after it
     * @param errors what it met, in order
     */
    record Interruption(Duration length, List<String> errors) {}

    /** What has come between acknowledged writes so far. */
    List<Interruption> interruptions() {
        var found = new ArrayList<Interruption>();
        var errors = new ArrayList<String>();
        var last = Instant.EPOCH;
        for (var line : lines()) {
            if (line.startsWith("#")) {
                errors.add(line.substring(1).strip());
            } else {
                if (!errors.isEmpty() && last.isAfter(Instant.EPOCH)) {
                    found.add(new Interruption(Duration.between(last, time(line)), List.copyOf(errors)));
                }
                errors.clear();
                last = time(line);
            }
        }
        return found;
    }

    /** The longest time without an acknowledged write since that moment, whether there was an error or not. */
    Duration longestPause(Instant since) {
        var times = acknowledgements().map(Writer::time).filter(since::isBefore).toList();
        return IntStream.range(1, times.size())
                .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Stream<String> acknowledgements() {
        return lines().stream().filter(line -> !line.startsWith("#"));
    }

    private List<String> lines() {
        return client.pods()
                .inNamespace(namespace)
                .withName(pod())
                .getLog()
                .lines()
                .toList();
    }

    private static Instant time(String acknowledgement) {
        return Instant.ofEpochMilli(Long.parseLong(acknowledgement.split(" ")[1]));
    }

    void stop() {
        client.pods().inNamespace(namespace).withName(pod()).delete();
    }

    private String pod() {
        return "writer-" + cluster;
    }

    static TreeSet<Long> numbers(List<String> rows) {
        var numbers = new TreeSet<Long>();
        rows.forEach(row -> numbers.add(Long.parseLong(row)));
        return numbers;
    }
}
