package dev.patronioperator.cli.manifest;

import dev.patronioperator.api.Postgresql;

/** A cluster as somebody wants it, and where that is written. */
public record Manifest(Origin origin, Postgresql resource) {

    public String name() {
        return resource.getMetadata().getName();
    }

    public String namespace() {
        return resource.getMetadata().getNamespace();
    }
}
