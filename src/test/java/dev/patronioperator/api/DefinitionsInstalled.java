package dev.patronioperator.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** Installs the committed definitions where a test runs against a real API server. */
public final class DefinitionsInstalled {

    private static final List<String> NAMES = List.of("postgresqls.acid.zalan.do", "postgresteams.acid.zalan.do");

    private DefinitionsInstalled() {}

    /** Returns when the API server serves them. */
    public static void in(KubernetesClient client) {
        NAMES.forEach(name -> client.resource(file(name)).forceConflicts().serverSideApply());
        Awaitility.await("definitions served").atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(NAMES)
                .allSatisfy(name -> assertThat(client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(name)
                                .get()
                                .getStatus()
                                .getConditions())
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"))));
    }

    private static String file(String name) {
        try {
            return Files.readString(Path.of("src/main/kubernetes/crds", name + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
