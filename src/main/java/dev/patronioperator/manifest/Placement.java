package dev.patronioperator.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.PodAntiAffinityBuilder;
import io.fabric8.kubernetes.api.model.Toleration;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.NodeReadinessMerge;

/**
 * On which nodes pods may run.
 *
 * @param tolerations those of the manifest, else the configured one
 * @param nodeAffinity that of the manifest, joined with the configured readiness label
 * @param apart how pods keep away from each other, where the configuration wants that
 */
public record Placement(List<Toleration> tolerations, Optional<NodeAffinity> nodeAffinity, Optional<Apart> apart) {

    /**
     * @param topologyKey label of the nodes that form one place
     * @param preferred whether two pods may share a place if there is no other
     */
    public record Apart(String topologyKey, boolean preferred) {}

    /** For pods that follow the manifest's node affinity: database and poolers. */
    public static Placement of(PostgresqlSpec spec, Settings settings) {
        return new Placement(
                tolerations(spec, settings),
                nodeAffinity(Optional.ofNullable(spec.nodeAffinity()), settings),
                apart(settings));
    }

    /** For pods that only need a node that is ready: backups. */
    public static Placement ofBackup(PostgresqlSpec spec, Settings settings) {
        return new Placement(tolerations(spec, settings), nodeAffinity(Optional.empty(), settings), Optional.empty());
    }

    /** The affinity of pods with these labels, if they have any. */
    public Optional<Affinity> affinity(Map<String, String> podLabels) {
        if (nodeAffinity.isEmpty() && apart.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AffinityBuilder()
                .withNodeAffinity(nodeAffinity.orElse(null))
                .withPodAntiAffinity(
                        apart.map(it -> antiAffinity(it, podLabels)).orElse(null))
                .build());
    }

    /** A term for pods with these labels at one place. */
    public static PodAffinityTerm near(Map<String, String> podLabels, String topologyKey) {
        return new PodAffinityTermBuilder()
                .withNewLabelSelector()
                .withMatchLabels(podLabels)
                .endLabelSelector()
                .withTopologyKey(topologyKey)
                .build();
    }

    private static PodAntiAffinity antiAffinity(Apart apart, Map<String, String> podLabels) {
        var term = near(podLabels, apart.topologyKey());
        return apart.preferred()
                ? new PodAntiAffinityBuilder()
                        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                        .withWeight(1)
                        .withPodAffinityTerm(term)
                        .endPreferredDuringSchedulingIgnoredDuringExecution()
                        .build()
                : new PodAntiAffinityBuilder()
                        .withRequiredDuringSchedulingIgnoredDuringExecution(term)
                        .build();
    }

    private static Optional<Apart> apart(Settings settings) {
        return settings.get(KubernetesParameters.ENABLE_POD_ANTIAFFINITY)
                ? Optional.of(new Apart(
                        settings.get(KubernetesParameters.POD_ANTIAFFINITY_TOPOLOGY_KEY),
                        settings.get(KubernetesParameters.POD_ANTIAFFINITY_PREFERRED_DURING_SCHEDULING)))
                : Optional.empty();
    }

    private static List<Toleration> tolerations(PostgresqlSpec spec, Settings settings) {
        var own = Given.list(spec.tolerations());
        return own.isEmpty()
                ? settings.get(KubernetesParameters.TOLERATION).stream().toList()
                : List.copyOf(own);
    }

    private static Optional<NodeAffinity> nodeAffinity(Optional<NodeAffinity> own, Settings settings) {
        var ready = expressions(settings.get(KubernetesParameters.NODE_READINESS_LABEL));
        if (ready.isEmpty()) {
            return own;
        }
        var required = own.map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
                .map(selector -> Given.list(selector.getNodeSelectorTerms()))
                .orElse(List.of());
        var terms = merge(required, ready, settings.get(KubernetesParameters.NODE_READINESS_LABEL_MERGE));
        return Optional.of(own.map(NodeAffinityBuilder::new)
                .orElseGet(NodeAffinityBuilder::new)
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withNodeSelectorTerms(terms)
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .build());
    }

    /**
     * The terms of a node selector are alternatives. Without a merge mode the manifest's own terms stand alone, and with AND they lose their matchFields: that is what
     * the pods of a running cluster were made with.
     */
    private static List<NodeSelectorTerm> merge(
            List<NodeSelectorTerm> own, List<NodeSelectorRequirement> ready, Optional<NodeReadinessMerge> mode) {
        var readyTerm =
                new NodeSelectorTermBuilder().withMatchExpressions(ready).build();
        if (own.isEmpty()) {
            return List.of(readyTerm);
        }
        if (mode.isEmpty()) {
            return own;
        }
        var terms = new ArrayList<NodeSelectorTerm>();
        switch (mode.get()) {
            case OR -> {
                terms.addAll(own);
                terms.add(readyTerm);
            }
            case AND ->
                own.forEach(term -> terms.add(new NodeSelectorTermBuilder()
                        .withMatchExpressions(Given.list(term.getMatchExpressions()))
                        .addAllToMatchExpressions(ready)
                        .build()));
        }
        return terms;
    }

    /** Sorted: the order of a map must never make pods differ from themselves. */
    private static List<NodeSelectorRequirement> expressions(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> new NodeSelectorRequirementBuilder()
                                .withKey(label.getKey())
                                .withOperator("In")
                                .withValues(label.getValue())
                                .build())
                        .toList();
    }
}
