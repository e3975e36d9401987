package dev.patronioperator.testkit;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;

/** The kind {@code FabricEventStream}, which another program defines: here any object will do. */
public final class EventStreamDefinition {

    private EventStreamDefinition() {}

    public static CustomResourceDefinition get() {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("fabriceventstreams.zalando.org")
                .endMetadata()
                .withNewSpec()
                .withGroup("zalando.org")
                .withScope("Namespaced")
                .withNewNames()
                .withKind("FabricEventStream")
                .withListKind("FabricEventStreamList")
                .withPlural("fabriceventstreams")
                .withSingular("fabriceventstream")
                .endNames()
                .addNewVersion()
                .withName("v1")
                .withServed(true)
                .withStorage(true)
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }
}
