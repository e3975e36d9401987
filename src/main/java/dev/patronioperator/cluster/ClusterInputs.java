package dev.patronioperator.cluster;

import java.util.ArrayList;
import java.util.List;
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
import dev.patronioperator.manifest.Given;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.NamespacedName;

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
        var identity = model.identity();
        return new Reading(model, reader.ofOthers(identity.namespace(), identity.name())).inputs();
    }

    private final class Reading {
        private final ClusterModel model;
        private final ObjectReader reader;
        private final List<String> missing = new ArrayList<>();

        Reading(ClusterModel model, ObjectReader reader) {
            this.model = model;
            this.reader = reader;
        }

        ExternalInputs inputs() {
            var variables = variables();
            var keys = keys();
            return missing.isEmpty()
                    ? ExternalInputs.of(new PodEnvironment(new TreeSet<>(keys), new TreeMap<>(variables)))
                    : ExternalInputs.waitingFor(missing);
        }

        private Map<String, String> variables() {
            return model.settings()
                    .get(KubernetesParameters.POD_ENVIRONMENT_CONFIGMAP)
                    .flatMap(name -> found(configMap(name), "ConfigMap " + name + " (pod_environment_configmap)"))
                    .map(configMap -> Given.map(configMap.getData()))
                    .orElse(Map.of());
        }

        /** Looked for where the configuration says, which is the operator's namespace if it says nothing, then beside the cluster. */
        private Known<Optional<ConfigMap>> configMap(NamespacedName name) {
            var first = reader.get(ConfigMap.class, name.namespaceOr(operator.name()), name.name());
            // Only one that is known not to be there lets another take its place: its variables may differ, and pods
            // would roll.
            return first instanceof Known.Value<Optional<ConfigMap>>(Optional<ConfigMap> there) && there.isEmpty()
                    ? reader.get(ConfigMap.class, model.identity().namespace(), name.name())
                    : first;
        }

        private Set<String> keys() {
            return model.settings()
                    .get(KubernetesParameters.POD_ENVIRONMENT_SECRET)
                    .flatMap(name -> found(
                            reader.get(Secret.class, model.identity().namespace(), name),
                            "Secret " + name + " (pod_environment_secret)"))
                    .map(secret -> Given.map(secret.getData()).keySet())
                    .orElse(Set.of());
        }

        private <T> Optional<T> found(Known<Optional<T>> object, String what) {
            return switch (object) {
                case Known.Value<Optional<T>>(Optional<T> there) -> {
                    if (there.isEmpty()) {
                        missing.add(what + " to be made");
                    }
                    yield there;
                }
                case Known.Unknown<Optional<T>>(String because) -> {
                    missing.add(what + " to be readable: " + because);
                    yield Optional.empty();
                }
            };
        }
    }
}
