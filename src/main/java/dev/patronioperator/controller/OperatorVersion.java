package dev.patronioperator.controller;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.settings.Settings;

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

    /** What a plan follows from besides the manifest. */
    public PlannedWith plannedWith(Settings settings) {
        return new PlannedWith(settings.fingerprint(), text);
    }
}
