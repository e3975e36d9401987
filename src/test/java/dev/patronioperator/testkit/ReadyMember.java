package dev.patronioperator.testkit;

import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PodBuilder;

import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;

/** A member in a pod that Kubernetes calls ready. */
public final class ReadyMember {

    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));

    private ReadyMember() {}

    /** @param status what Patroni writes on the pod, as JSON */
    public static ObservedInstance of(String name, int ordinal, String status) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations("status", status)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        return new ObservedInstance(
                pod, ordinal, PATRONI.podStatus(pod.getMetadata().getAnnotations()), Optional.empty());
    }
}
