package dev.patronioperator.golden;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.KubernetesClient;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.testkit.golden.GoldenCase;

/** Whether clusters say that the operator has done what it wants to do. */
record Settled(KubernetesClient client) {

    /** The cases that it has not finished, with the reason. */
    Map<GoldenCase, String> objections(List<GoldenCase> cases) {
        var clusters = client.resources(Postgresql.class).inAnyNamespace().list().getItems().stream()
                .collect(Collectors.groupingBy(cluster -> cluster.getMetadata().getNamespace()));
        var objections = new HashMap<GoldenCase, String>();
        cases.forEach(golden -> golden.namespaces().stream()
                .flatMap(namespace -> clusters.getOrDefault(namespace, List.of()).stream())
                .flatMap(cluster -> objection(cluster).stream())
                .findFirst()
                .ifPresent(objection -> objections.put(golden, objection)));
        return objections;
    }

    private static Optional<String> objection(Postgresql cluster) {
        var annotations = cluster.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey("acid.zalan.do/controller")) {
            return Optional.empty();
        }
        var status = cluster.getStatus();
        if (status == null || status.conditions() == null) {
            return Optional.of("it has no status");
        }
        var accepted = Conditions.find(status.conditions(), "SpecAccepted");
        if (accepted.isEmpty()
                || !Objects.equals(
                        accepted.get().getObservedGeneration(),
                        cluster.getMetadata().getGeneration())) {
            return Optional.of("its manifest was not looked at");
        }
        return Conditions.find(status.conditions(), "Progressing")
                .filter(progressing -> progressing.getStatus().equals("True"))
                .map(progressing -> progressing.getMessage());
    }
}
