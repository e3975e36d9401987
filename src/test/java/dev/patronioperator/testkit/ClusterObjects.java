package dev.patronioperator.testkit;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The objects that a cluster is made of, in a form in which two clusters of the same manifest are equal. */
public record ClusterObjects(KubernetesClient client, String namespace) {

    /** One line an object: kind, name, labels, and what its owner decides; the cluster's name is written CLUSTER. */
    public List<String> describe(String cluster) {
        return all(cluster)
                .map(object -> line(object).replace(cluster, "CLUSTER"))
                .sorted()
                .toList();
    }

    private Stream<? extends HasMetadata> all(String cluster) {
        return Stream.of(
                        client.apps().statefulSets(),
                        client.services(),
                        client.secrets(),
                        client.policy().v1().podDisruptionBudget(),
                        client.persistentVolumeClaims())
                .flatMap(kind ->
                        kind.inNamespace(namespace).withLabel("cluster-name", cluster).list().getItems().stream());
    }

    private String line(HasMetadata object) {
        var content =
                switch (object) {
                    case StatefulSet set -> client.getKubernetesSerialization().asJson(set.getSpec());
                    case Service service ->
                        service.getSpec().getPorts().stream()
                                        .map(port -> port.getName() + " " + port.getPort() + " " + port.getTargetPort())
                                        .toList()
                                + " " + service.getSpec().getSelector();
                    case Secret secret ->
                        new TreeSet<>(secret.getData().keySet()) + " "
                                + secret.getData().get("username");
                    case PodDisruptionBudget budget ->
                        client.getKubernetesSerialization().asJson(budget.getSpec());
                    default -> "";
                };
        return object.getKind() + " " + object.getMetadata().getName() + " "
                + object.getMetadata().getLabels() + " " + content;
    }
}
