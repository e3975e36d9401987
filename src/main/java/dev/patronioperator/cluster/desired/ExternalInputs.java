package dev.patronioperator.cluster.desired;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster's objects are made of beside manifest and settings: content of objects that others keep.
 *
 * @param podEnvironment empty while it could not be read: then no StatefulSet is rendered and the one that runs stays as it is
 */
public record ExternalInputs(Optional<PodEnvironment> podEnvironment) {

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
    public static final ExternalInputs NONE = new ExternalInputs(Optional.of(PodEnvironment.NONE));
}
