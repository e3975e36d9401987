package dev.patronioperator.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parts of objects that mean something only as a whole, so that whatever somebody adds to them changes what we wrote: a selector with
 * one more label selects other pods. The API calls them atomic ({@code x-kubernetes-map-type}, {@code x-kubernetes-list-type}): one
 * manager owns all of such a value.
 *
 * <p>Likewise alternatives: where one of several fields may be set, another one that is set as well has to go.
 */
final class WholeValues {

    private static final Set<String> ATOMIC_MAPS = Set.of(
            "selector",
            "labelSelector",
            "namespaceSelector",
            "nodeSelector",
            "preference",
            "fieldRef",
            "resourceFieldRef",
            "configMapKeyRef",
            "secretKeyRef",
            "fileKeyRef",
            "roleRef",
            "targetRef",
            "dataSource",
            "secretRef",
            "nodePublishSecretRef");

    /** An atomic list whose items have names all the same. */
    private static final String SUBJECTS = "subjects";

    /** Within node affinity a map, within pod affinity a list; lists without merge keys are atomic anyway. */
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private static final List<Set<String>> ALTERNATIVES = List.of(
            Set.of("value", "valueFrom"),
            Set.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"),
            Set.of("minAvailable", "maxUnavailable"),
            Set.of("exec", "httpGet", "tcpSocket", "grpc", "sleep"));

    /** Belongs to the strategy of its own name only. */
    private static final String ROLLING_UPDATE = "rollingUpdate";

    private WholeValues() {}

    static boolean isAtomicMap(FieldPath path) {
        var field = path.segments().getLast() instanceof FieldPath.Segment.Field(String name) ? name : "";
        return ATOMIC_MAPS.contains(field) || REQUIRED.equals(field);
    }

    /** Whether a list belongs to one manager, so that all that is in it and not wanted goes. */
    static boolean isAtomicList(FieldPath path, List<?> items) {
        var field = path.lastField();
        return SUBJECTS.equals(field) || MergeKeys.of(field, items).isEmpty() && !"finalizers".equals(field);
    }

    /** Whether a field that is set keeps the wanted ones of the same object from being valid. */
    static boolean excludes(FieldPath object, String field, Map<?, ?> wanted) {
        if (isVolume(object)) {
            return !"name".equals(field) && !wanted.containsKey(field);
        }
        if (ROLLING_UPDATE.equals(field)) {
            return wanted.containsKey("type") && !"RollingUpdate".equals(wanted.get("type"));
        }
        return ALTERNATIVES.stream()
                .anyMatch(group -> group.contains(field)
                        && !wanted.containsKey(field)
                        && wanted.keySet().stream().anyMatch(group::contains));
    }

    private static boolean isVolume(FieldPath object) {
        var segments = object.segments();
        return segments.size() > 1
                && segments.getLast() instanceof FieldPath.Segment.Item
                && segments.get(segments.size() - 2) instanceof FieldPath.Segment.Field(String name)
                && "volumes".equals(name);
    }
}
