package dev.patronioperator.api;

import java.util.Map;
import java.util.Optional;

/** Fields of the manifest that have a type of Kubernetes' own, which is documented there. */
final class KubernetesTypes {

    private static final Map<String, String> BY_PATH = Map.ofEntries(
            Map.entry("spec.initContainers[]", "Container"),
            Map.entry("spec.init_containers[]", "Container"),
            Map.entry("spec.env[]", "EnvVar"),
            Map.entry("spec.envFrom[]", "EnvFromSource"),
            Map.entry("spec.sidecars[].env[]", "EnvVar"),
            Map.entry("spec.sidecars[].ports[]", "ContainerPort"),
            Map.entry("spec.nodeAffinity", "NodeAffinity"),
            Map.entry("spec.livenessProbe", "Probe"),
            Map.entry("spec.tolerations[]", "Toleration"),
            Map.entry("spec.topologySpreadConstraints[]", "TopologySpreadConstraint"),
            Map.entry("spec.volume.selector", "LabelSelector"),
            Map.entry("spec.additionalVolumes[].volumeSource", "Volume"),
            Map.entry("status.conditions[]", "Condition"));

    private KubernetesTypes() {}

    /** The type of the field, or of its items. */
    static Optional<String> of(String path) {
        return Optional.ofNullable(BY_PATH.getOrDefault(path, BY_PATH.get(path + "[]")));
    }

    static boolean isInside(String path) {
        return BY_PATH.keySet().stream().anyMatch(type -> path.startsWith(type + "."));
    }
}
