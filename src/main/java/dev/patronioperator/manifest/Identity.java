package dev.patronioperator.manifest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * Which cluster it is, and how everything that belongs to it is marked.
 *
 * @param uid empty before the manifest is stored; part of the path of its archive
 * @param inheritedAnnotations annotations of the manifest that all its objects get
 * @param downscalerAnnotations annotations of the manifest that only what has replicas gets
 * @param owners owner references of objects in the same namespace. Those of the manifest itself are not passed on: its owner does not own them
 */
public record Identity(
        String namespace,
        String name,
        String uid,
        String team,
        Labels labels,
        Map<String, String> inheritedAnnotations,
        Map<String, String> downscalerAnnotations,
        List<OwnerReference> owners) {

    public static Identity of(Postgresql manifest, Settings settings) {
        var metadata = manifest.getMetadata();
        var name = text(metadata.getName());
        var team = text(manifest.getSpec().teamId());
        var annotations = Given.map(metadata.getAnnotations());
        var uid = text(metadata.getUid());
        return new Identity(
                text(metadata.getNamespace()),
                name,
                uid,
                team,
                new Labels(
                        name,
                        team,
                        settings.get(KubernetesParameters.CLUSTER_LABELS),
                        settings.get(KubernetesParameters.CLUSTER_NAME_LABEL),
                        settings.get(KubernetesParameters.POD_ROLE_LABEL),
                        select(
                                Given.map(metadata.getLabels()),
                                settings.get(KubernetesParameters.INHERITED_LABELS)::contains)),
                select(annotations, settings.get(KubernetesParameters.INHERITED_ANNOTATIONS)::contains),
                select(annotations, matching(settings.get(KubernetesParameters.DOWNSCALER_ANNOTATIONS))),
                settings.get(KubernetesParameters.ENABLE_OWNER_REFERENCES) ? List.of(owner(manifest, uid)) : List.of());
    }

    public Names names() {
        return new Names(name);
    }

    /** Metadata of an object of the cluster's own namespace. */
    public ObjectMeta meta(String objectName, Map<String, String> objectLabels, Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(objectName)
                .withLabels(objectLabels)
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .withOwnerReferences(owners)
                .build();
    }

    /** Annotations of what has replicas. */
    public Map<String, String> workloadAnnotations() {
        var all = new TreeMap<>(inheritedAnnotations);
        all.putAll(downscalerAnnotations);
        return all;
    }

    private static OwnerReference owner(Postgresql manifest, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(Postgresql.class))
                .withKind(Postgresql.KIND)
                .withName(manifest.getMetadata().getName())
                .withUid(uid)
                .withController(true)
                .build();
    }

    private static Predicate<String> matching(List<String> expressions) {
        return expressions.stream()
                .flatMap(expression -> pattern(expression).stream())
                .map(Pattern::asPredicate)
                .reduce(Predicate::or)
                .orElse(key -> false);
    }

    /** What is no regular expression matches nothing, and does not keep the others from matching. */
    private static Optional<Pattern> pattern(String expression) {
        try {
            return Optional.of(Pattern.compile(expression));
        } catch (PatternSyntaxException noExpression) {
            return Optional.empty();
        }
    }

    private static Map<String, String> select(Map<String, String> from, Predicate<String> key) {
        var selected = new TreeMap<String, String>();
        from.forEach((name, value) -> {
            if (key.test(name)) {
                selected.put(name, value);
            }
        });
        return Collections.unmodifiableMap(selected);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
