package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.SpecDiffer;
import dev.patronioperator.plan.TreeEdit;

/**
 * What pods have of the template that they were made from, and the StatefulSet's template has no more. The pod does not tell this from
 * what a webhook has added to it; the revision that Kubernetes keeps does. Labels and annotations are taken off pods that stay.
 *
 * @param wanted the StatefulSet as it should be
 * @param changes what the same plan changes on it
 */
record LostFields(ObjectTrees trees, StatefulSet wanted, ObservedCluster observed, List<FieldDifference> changes) {

    private static final String LABELS = "metadata.labels";
    private static final String ANNOTATIONS = "metadata.annotations";
    private static final FieldPath TEMPLATE = FieldPath.of("spec.template");

    /** Nothing where the revision is not kept any more, or the StatefulSet is being replaced. */
    List<FieldDifference> of(ObservedInstance instance) {
        return next()
                .flatMap(template -> madeFrom(instance).map(before -> SpecDiffer.lost(template, before)))
                .orElseGet(List::of)
                .stream()
                .filter(difference -> makesPodsAnew(difference.path()))
                .toList();
    }

    private Optional<Map<String, Object>> madeFrom(ObservedInstance instance) {
        return observed.isOfPresentRevision(instance)
                ? observed.statefulSet().map(trees::template)
                : instance.revision().map(observed.revisions()::get).flatMap(trees::template);
    }

    private Optional<Map<String, Object>> next() {
        return observed.statefulSet().map(trees::template).map(this::changed);
    }

    private Map<String, Object> changed(Map<String, Object> template) {
        var after = trees.template(wanted);
        changes.stream()
                .map(FieldDifference::path)
                .filter(path -> path.segments().size() > 2 && path.first(2).equals(TEMPLATE))
                .map(path -> path.below().below())
                .forEach(path -> TreeEdit.at(after, path)
                        .ifPresentOrElse(
                                value -> TreeEdit.put(template, path, value, Integer.MAX_VALUE),
                                () -> TreeEdit.remove(template, path)));
        return template;
    }

    private static boolean makesPodsAnew(FieldPath path) {
        var place = path.first(Math.min(2, path.segments().size())).toString();
        return !place.equals(LABELS) && (!place.equals(ANNOTATIONS) || PodMetadataPlanner.isFixed(path.lastField()));
    }
}
