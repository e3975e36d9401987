package dev.patronioperator.config;

import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.inject.Singleton;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.DebugParameters;

/** Follows the parameter {@code debug_logging} without a restart. */
@Singleton
public class LogLevel {
    /** Held, since loggers are collected when nobody refers to them, and forget their level. */
    private final Logger operator = Logger.getLogger("dev.patronioperator");

    void follow(SettingsSource settings) {
        settings.first().thenAccept(this::apply);
        settings.onChange(change -> apply(change.after()));
    }

    private void apply(Settings settings) {
        operator.setLevel(settings.get(DebugParameters.DEBUG_LOGGING) ? Level.FINE : Level.INFO);
    }
}
