package dev.patronioperator.cluster.planning;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.ObjectMeta;

import dev.patronioperator.plan.FieldDifference;

/**
 * Keys of labels and annotations that came onto pods from their template and that it has no more. Others are somebody else's.
 *
 * <p>They are known from the StatefulSet that still has them, so the pods are changed before it is. While it is being replaced there is
 * none, and what manifests before this one asked for tells.
 */
record LostMetadata(Set<String> labels, Set<String> annotations) {

    private static final String TEMPLATE = "spec.template.metadata.";

    /** @param differences what is to change on the StatefulSet */
    static LostMetadata of(List<FieldDifference> differences) {
        return new LostMetadata(gone("labels", differences), gone("annotations", differences));
    }

    /** @param former of templates that there have been */
    static LostMetadata of(Collection<ObjectMeta> former) {
        var labels = new TreeSet<String>();
        var annotations = new TreeSet<String>();
        former.forEach(template -> {
            if (template.getLabels() != null) {
                labels.addAll(template.getLabels().keySet());
            }
            if (template.getAnnotations() != null) {
                annotations.addAll(template.getAnnotations().keySet());
            }
        });
        return new LostMetadata(labels, annotations);
    }

    private static Set<String> gone(String field, List<FieldDifference> differences) {
        var keys = new TreeSet<String>();
        for (var difference : differences) {
            var path = difference.path();
            if (difference.after().isEmpty() && path.toString().startsWith(TEMPLATE + field + ".")) {
                keys.add(path.lastField());
            }
        }
        return keys;
    }
}
