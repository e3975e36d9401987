package dev.patronioperator.config;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.patronioperator.api.OperatorConfiguration;
import dev.patronioperator.kubernetes.ClientReader;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.Source;

/** Reads the configuration once, for the command line: says nothing about it anywhere, and needs no more than the right to read. */
@Singleton
public class ConfigurationReading {

    private final KubernetesClient client;
    private final Environment environment;

    public ConfigurationReading(KubernetesClient client, Environment environment) {
        this.client = client;
        this.environment = environment;
    }

    /** The configuration that the environment names, or the defaults if it names none; unknown if it cannot be read or is not valid. */
    public Known<Settings> read() {
        if (environment.configurationObject().isPresent()) {
            var name = environment.configurationObject().get();
            return settings(
                    new ClientReader(client).get(OperatorConfiguration.class, environment.operatorNamespace(), name),
                    ConfigurationDocument.FromResource::new,
                    name);
        }
        if (environment.configMap().isPresent()) {
            var name = environment.configMap().get();
            return settings(
                    new ClientReader(client)
                            .get(ConfigMap.class, name.namespaceOr(environment.operatorNamespace()), name.name()),
                    ConfigurationDocument.FromConfigMap::new,
                    name.toString());
        }
        return Known.of(environment.override(Settings.defaults(Source.CONFIG_MAP)));
    }

    private <T extends HasMetadata> Known<Settings> settings(
            Known<Optional<T>> read, java.util.function.Function<T, ConfigurationDocument> document, String name) {
        return switch (read) {
            case Known.Unknown<Optional<T>>(String because) -> Known.unknown(because);
            case Known.Value<Optional<T>>(Optional<T> found) ->
                found.map(document)
                        .map(this::decoded)
                        .orElseGet(() -> Known.unknown("the configuration " + name + " does not exist"));
        };
    }

    private Known<Settings> decoded(ConfigurationDocument document) {
        var decoded = document.decode(client.getKubernetesSerialization()::convertValue);
        return decoded.isAccepted()
                ? Known.of(environment.override(decoded.settings()))
                : Known.unknown("the configuration " + document.name() + " is not valid: "
                        + ConfigurationReport.text(decoded.problems()));
    }
}
