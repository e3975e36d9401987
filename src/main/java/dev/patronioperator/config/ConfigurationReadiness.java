package dev.patronioperator.config;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready without a configuration; ready with the last good one. */
@Readiness
public class ConfigurationReadiness implements HealthCheck {
    private final SettingsSource settings;

    public ConfigurationReadiness(SettingsSource settings) {
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("configuration").status(settings.isReady());
        return settings.isReady()
                ? response.build()
                : response.withData("waitingFor", settings.waitingFor()).build();
    }
}
