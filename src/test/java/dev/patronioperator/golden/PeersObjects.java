package dev.patronioperator.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.golden.GoldenCase;

/** What of the peer's objects nobody may touch when another operator takes over: by namespace, in words that a failed test shows. */
record PeersObjects(Map<String, Map<String, Object>> byNamespace) {

    static PeersObjects of(KubernetesClient client) {
        var objects = new PeersObjects(new TreeMap<>());
        client.apps().statefulSets().inAnyNamespace().list().getItems().forEach(set -> {
            PodTemplateSpec template = set.getSpec().getTemplate();
            objects.put(set, "uid", set.getMetadata().getUid());
            objects.put(set, "pod template", template);
            objects.put(set, "owners", owners(set));
        });
        client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> pod.getSpec().getContainers().stream()
                        .anyMatch(container -> container.getName().equals("postgres")))
                .forEach(pod -> objects.put(pod, "uid", pod.getMetadata().getUid()));
        client.secrets()
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(secret -> objects.put(secret, "values", secret.getData()));
        client.resources(Postgresql.class).inAnyNamespace().list().getItems().forEach(cluster -> cluster.getMetadata()
                .getFinalizers()
                .forEach(finalizer -> objects.put(cluster, "finalizer " + finalizer, "there")));
        client.configMaps().inAnyNamespace().list().getItems().stream()
                .filter(record -> record.getMetadata().getName().endsWith("-leader"))
                .forEach(record ->
                        objects.put(record, "uid", record.getMetadata().getUid()));
        return objects;
    }

    private static List<String> owners(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .toList();
    }

    private void put(HasMetadata object, String what, Object value) {
        byNamespace
                .computeIfAbsent(object.getMetadata().getNamespace(), namespace -> new TreeMap<>())
                .put(object.getKind() + " " + object.getMetadata().getName() + ": " + what, Optional.ofNullable(value));
    }

    /** What was there before and is not any more, or is not the same. New objects are no concern. */
    List<String> touchedUntil(PeersObjects later, GoldenCase golden) {
        var touched = new ArrayList<String>();
        for (var namespace : golden.namespaces()) {
            var now = later.byNamespace.getOrDefault(namespace, Map.of());
            byNamespace.getOrDefault(namespace, Map.of()).forEach((what, value) -> {
                if (!Objects.equals(value, now.get(what))) {
                    touched.add(what);
                }
            });
        }
        return touched;
    }
}
