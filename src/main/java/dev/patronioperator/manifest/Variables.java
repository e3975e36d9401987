package dev.patronioperator.manifest;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

/** Environment variables of the usual kinds. */
public final class Variables {

    private Variables() {}

    /** An empty value is left out, as the API server does. */
    public static EnvVar of(String name, String value) {
        return new EnvVarBuilder()
                .withName(name)
                .withValue(value.isEmpty() ? null : value)
                .build();
    }

    /** A field of the pod itself. */
    public static EnvVar ofField(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build();
    }
}
