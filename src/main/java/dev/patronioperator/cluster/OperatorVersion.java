package dev.patronioperator.cluster;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The version of this operator, as the build wrote it. */
@ApplicationScoped
class OperatorVersion {

    private final String text;

    OperatorVersion(@ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
