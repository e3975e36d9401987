package dev.patronioperator.controller;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The version of this operator, as the build wrote it. */
@ApplicationScoped
public class OperatorVersion {

    private final String text;

    public OperatorVersion(
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
