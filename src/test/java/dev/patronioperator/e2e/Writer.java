package dev.patronioperator.e2e;

import java.util.List;
import java.util.TreeSet;

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
                    print(number, flush=True)
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

    /** Numbers whose commit was acknowledged so far. */
    TreeSet<Long> acknowledged() {
        var numbers = new TreeSet<Long>();
        client.pods()
                .inNamespace(namespace)
                .withName(pod())
                .getLog()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> numbers.add(Long.parseLong(line.strip())));
        return numbers;
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
