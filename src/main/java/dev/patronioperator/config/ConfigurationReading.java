package dev.patronioperator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.inject.Singleton;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.patronioperator.api.OperatorConfiguration;
import dev.patronioperator.kubernetes.ClientReader;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Effect;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.SettingsDifference;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.decoding.Decoded;
import dev.patronioperator.settings.decoding.Problem;

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
        return switch (document()) {
            case Known.Unknown<Optional<ConfigurationDocument>>(String because) -> Known.unknown(because);
            case Known.Value<Optional<ConfigurationDocument>>(Optional<ConfigurationDocument> named) ->
                named.map(this::decoded)
                        .orElseGet(() -> Known.of(environment.override(Settings.defaults(Source.CONFIG_MAP))));
        };
    }

    /** What the operator makes of that configuration; unknown if it cannot be read. */
    public Known<ConfigurationCheck> check() {
        return document().map(named -> named.map(this::check)
                .orElseGet(() -> new ConfigurationCheck("defaults", List.of(), List.of())));
    }

    private ConfigurationCheck check(ConfigurationDocument document) {
        var decoded = decode(document);
        var errors = new ArrayList<String>();
        var notes = new ArrayList<String>();
        decoded.problems().forEach(problem -> (problem.isError() ? errors : notes).add(problem.text()));
        Settings.defaults(decoded.settings().source()).differences(decoded.settings()).stream()
                .map(SettingsDifference::parameter)
                .forEach(parameter -> notes.addAll(notes(parameter, decoded)));
        return new ConfigurationCheck(document.name(), errors, notes);
    }

    private static List<String> notes(Parameter<?> parameter, Decoded decoded) {
        var name = parameter.nameIn(decoded.settings().source());
        var notes = new ArrayList<String>();
        if (parameter.effects().contains(Effect.NONE)) {
            notes.add(name + ": " + Effect.NONE.text());
        }
        parameter
                .deprecation()
                .filter(why -> decoded.problems().stream().map(Problem::name).noneMatch(name::equals))
                .ifPresent(why -> notes.add(name + ": is deprecated: " + why));
        parameter.unlikePeer().ifPresent(how -> notes.add(name + ": not as in the Zalando operator: " + how));
        return notes;
    }

    private Known<Optional<ConfigurationDocument>> document() {
        if (environment.configurationObject().isPresent()) {
            var name = environment.configurationObject().get();
            return document(
                    new ClientReader(client).get(OperatorConfiguration.class, environment.operatorNamespace(), name),
                    ConfigurationDocument.FromResource::new,
                    name);
        }
        if (environment.configMap().isPresent()) {
            var name = environment.configMap().get();
            return document(
                    new ClientReader(client)
                            .get(ConfigMap.class, name.namespaceOr(environment.operatorNamespace()), name.name()),
                    ConfigurationDocument.FromConfigMap::new,
                    name.toString());
        }
        return Known.of(Optional.empty());
    }

    private static <T extends HasMetadata> Known<Optional<ConfigurationDocument>> document(
            Known<Optional<T>> read, Function<T, ConfigurationDocument> document, String name) {
        return switch (read) {
            case Known.Unknown<Optional<T>>(String because) -> Known.unknown(because);
            case Known.Value<Optional<T>>(Optional<T> found) ->
                found.isPresent()
                        ? Known.of(found.map(document))
                        : Known.unknown("the configuration " + name + " does not exist");
        };
    }

    private Decoded decode(ConfigurationDocument document) {
        return document.decode(client.getKubernetesSerialization()::convertValue);
    }

    private Known<Settings> decoded(ConfigurationDocument document) {
        var decoded = decode(document);
        return decoded.isAccepted()
                ? Known.of(environment.override(decoded.settings()))
                : Known.unknown("the configuration " + document.name() + " is not valid: "
                        + ConfigurationReport.text(decoded.problems()));
    }
}
