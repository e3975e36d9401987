package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster's objects are made of beside manifest and settings: content of objects that others keep.
 *
 * @param podEnvironment empty while it could not be read: then no StatefulSet is rendered and the one that runs stays as it is
 * @param missing what has to be there before everything can be rendered, each with the parameter that names it
 */
public record ExternalInputs(Optional<PodEnvironment> podEnvironment, List<String> missing) {

    public ExternalInputs {
        missing = List.copyOf(missing);
    }

    /** The pod environment is there. */
    public static ExternalInputs of(PodEnvironment environment) {
        return new ExternalInputs(Optional.of(environment), List.of());
    }

    /** The pod environment has to wait for these. */
    public static ExternalInputs waitingFor(List<String> missing) {
        return new ExternalInputs(Optional.empty(), missing);
    }

    /**
     * Variables for all members, as configured.
     *
     * @param secretKeys keys of the Secret {@code pod_environment_secret}; the values stay where they are
     * @param configMap content of the ConfigMap {@code pod_environment_configmap}
     */
    public record PodEnvironment(SortedSet<String> secretKeys, SortedMap<String, String> configMap) {
        public static final PodEnvironment NONE = new PodEnvironment(new TreeSet<>(), new TreeMap<>());
    }

    /** For a configuration that names neither. */
    public static final ExternalInputs NONE = of(PodEnvironment.NONE);
}
