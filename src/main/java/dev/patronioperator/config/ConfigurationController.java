package dev.patronioperator.config;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.jboss.logging.Logger;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.codec.Models;

/**
 * Judges each version of the configuration once: a valid one comes into force, an invalid one is reported and changes nothing. Never throws, never waits.
 */
@Singleton
public class ConfigurationController {
    private static final Logger LOG = Logger.getLogger(ConfigurationController.class);

    private final SettingsSource settings;
    private final Environment environment;
    private final ConfigurationReport report;
    private final Models models;
    private Optional<String> lastVersion = Optional.empty();

    public ConfigurationController(
            SettingsSource settings, Environment environment, ConfigurationReport report, KubernetesClient client) {
        this.settings = settings;
        this.environment = environment;
        this.report = report;
        this.models = client.getKubernetesSerialization()::convertValue;
    }

    /** A version of the object has been seen. */
    synchronized void seen(ConfigurationDocument document) {
        if (lastVersion.filter(document.version()::equals).isPresent()) {
            return;
        }
        lastVersion = Optional.of(document.version());
        var decoded = document.decode(models);
        if (decoded.isAccepted()) {
            var isFirst = !settings.isReady();
            var change = settings.bringIntoForce(environment.override(decoded.settings()));
            report.accepted(document, decoded.problems(), isFirst, change);
        } else {
            settings.waitFor(document.name() + " is not valid: " + ConfigurationReport.text(decoded.problems()));
            report.refused(document, decoded.problems(), settings.isReady());
        }
    }

    /** The object is not there, or cannot be read. */
    synchronized void missing(String why) {
        lastVersion = Optional.empty();
        settings.waitFor(why);
        if (settings.isReady()) {
            LOG.warnf("%s; the last good configuration stays in force", why);
        } else {
            LOG.warnf("%s; nothing is done until it is there", why);
        }
        report.unreadable();
    }

    /** No object is named: the defaults of a ConfigMap are the configuration. */
    synchronized void none() {
        LOG.info(
                "Neither POSTGRES_OPERATOR_CONFIGURATION_OBJECT nor CONFIG_MAP_NAME is set: all parameters have their defaults");
        settings.bringIntoForce(environment.override(Settings.defaults(Source.CONFIG_MAP)));
        report.defaultsInForce();
    }
}
