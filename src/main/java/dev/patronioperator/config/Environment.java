package dev.patronioperator.config;

import java.util.Map;
import java.util.Optional;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.codec.Codecs;
import dev.patronioperator.settings.codec.Parsed;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.ScalyrParameters;
import dev.patronioperator.settings.value.NamespacedName;

/**
 * What the operator is told by environment variables, read once at start. An empty variable counts as missing.
 *
 * @param operatorNamespace where the operator runs: {@code OPERATOR_NAMESPACE}, else where its service account or its user says
 * @param configurationObject {@code POSTGRES_OPERATOR_CONFIGURATION_OBJECT}: name of an OperatorConfiguration in that namespace; wins over the ConfigMap
 * @param configMap {@code CONFIG_MAP_NAME}: {@code [namespace/]name}
 * @param watchedNamespace {@code WATCHED_NAMESPACE}: wins over the parameter {@code watched_namespace}
 * @param controllerId {@code CONTROLLER_ID}: which manifests are this operator's, of several
 * @param scalyrApiKey {@code SCALYR_API_KEY}: wins over the parameter {@code scalyr_api_key}
 */
public record Environment(
        String operatorNamespace,
        Optional<String> configurationObject,
        Optional<NamespacedName> configMap,
        Optional<String> watchedNamespace,
        Optional<String> controllerId,
        Optional<String> scalyrApiKey) {

    /**
     * Reads the variables.
     *
     * @param namespaceElsewhere the namespace as the service account or the kubeconfig says it
     * @throws IllegalArgumentException naming the variable that is missing or cannot be read
     */
    public static Environment read(Map<String, String> variables, Optional<String> namespaceElsewhere) {
        return new Environment(
                text(variables, "OPERATOR_NAMESPACE")
                        .or(() -> namespaceElsewhere)
                        .orElseThrow(
                                () -> new IllegalArgumentException(
                                        "OPERATOR_NAMESPACE must name the operator's namespace: no service account and no kubeconfig says it")),
                text(variables, "POSTGRES_OPERATOR_CONFIGURATION_OBJECT"),
                text(variables, "CONFIG_MAP_NAME").map(Environment::namespacedName),
                text(variables, "WATCHED_NAMESPACE"),
                text(variables, "CONTROLLER_ID"),
                text(variables, "SCALYR_API_KEY"));
    }

    /** The settings with what the environment has a last word on. */
    public Settings override(Settings settings) {
        var watched = watchedNamespace
                .map(namespace -> settings.with(KubernetesParameters.WATCHED_NAMESPACE, namespace))
                .orElse(settings);
        return scalyrApiKey
                .map(key -> watched.with(ScalyrParameters.SCALYR_API_KEY, Optional.of(key)))
                .orElse(watched);
    }

    private static Optional<String> text(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static NamespacedName namespacedName(String text) {
        return switch (Codecs.NAMESPACED_NAME.fromText(text)) {
            case Parsed.Valid<Optional<NamespacedName>>(var name) -> name.orElseThrow();
            case Parsed.Invalid<Optional<NamespacedName>>(var reasons) ->
                throw new IllegalArgumentException("CONFIG_MAP_NAME " + reasons.getFirst() + ", not `" + text + "`");
        };
    }

    /** Without the key of the log service. */
    @Override
    public String toString() {
        return "Environment[namespace=%s, configurationObject=%s, configMap=%s, watchedNamespace=%s, controllerId=%s]"
                .formatted(operatorNamespace, configurationObject, configMap, watchedNamespace, controllerId);
    }
}
