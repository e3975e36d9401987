package dev.patronioperator.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;

import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.desired.ExternalInputs.PodEnvironment;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.OperatorNamespace;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * Reads what a cluster's objects are made of beside manifest and settings: variables that the configuration takes from a ConfigMap and a
 * Secret. What is named and is not there, or cannot be read, is no empty environment: nothing that depends on it is rendered.
 */
@ApplicationScoped
class ClusterInputs {

    private final OperatorNamespace operator;

    ClusterInputs(OperatorNamespace operator) {
        this.operator = operator;
    }

    ExternalInputs of(ClusterModel model, ObjectReader reader) {
        var variables = variables(model, reader.ofOthers());
        var keys = keys(model, reader.ofOthers());
        return new ExternalInputs(
                variables.isPresent() && keys.isPresent()
                        ? Optional.of(new PodEnvironment(new TreeSet<>(keys.get()), new TreeMap<>(variables.get())))
                        : Optional.empty());
    }

    /** Looked for where the configuration says, which is the operator's namespace if it says nothing, then beside the cluster. */
    private Optional<Map<String, String>> variables(ClusterModel model, ObjectReader reader) {
        var configured = model.settings().get(KubernetesParameters.POD_ENVIRONMENT_CONFIGMAP);
        if (configured.isEmpty()) {
            return Optional.of(Map.of());
        }
        var name = configured.get();
        var first = reader.get(ConfigMap.class, name.namespaceOr(operator.name()), name.name());
        // Only one that is known not to be there lets another take its place: its variables may differ, and pods would
        // roll.
        var chosen = first instanceof Known.Value<Optional<ConfigMap>>(Optional<ConfigMap> there) && there.isEmpty()
                ? reader.get(ConfigMap.class, model.identity().namespace(), name.name())
                : first;
        return found(chosen).map(map -> map.getData() == null ? Map.of() : map.getData());
    }

    private static Optional<Set<String>> keys(ClusterModel model, ObjectReader reader) {
        return model.settings()
                .get(KubernetesParameters.POD_ENVIRONMENT_SECRET)
                .map(name -> found(reader.get(Secret.class, model.identity().namespace(), name))
                        .map(secret -> secret.getData() == null
                                ? Set.<String>of()
                                : secret.getData().keySet()))
                .orElseGet(() -> Optional.of(Set.of()));
    }

    private static <T> Optional<T> found(Known<Optional<T>> object) {
        return object.orIfUnknown(Optional.empty());
    }
}
