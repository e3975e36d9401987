package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Held;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.TreeEdit;

/**
 * The StatefulSet as it is to be for now: as wanted, but with what the peer made and what cannot be mended without disturbing somebody.
 * Those fields get the values they have, item by item in their places, so that writing the rest writes no other template.
 */
final class TemplateInForce {

    private static final String TEMPLATE = "spec.template.";
    private static final String LABELS = "spec.template.metadata.labels";
    private static final String ANNOTATIONS = "spec.template.metadata.annotations";
    private static final String REPLICAS = "spec.replicas";

    private final ObjectTrees trees;
    private final RolloutRules rules;
    private final boolean isAsked;

    /**
     * @param isAsked whether somebody has asked for what differs from what was recorded, by the manifest or the configuration
     */
    TemplateInForce(ObjectTrees trees, RolloutRules rules, boolean isAsked) {
        this.trees = trees;
        this.rules = rules;
        this.isAsked = isAsked;
    }

    StatefulSet of(StatefulSet wanted, ObservedCluster observed, Adoption adoption, HeldBack back) {
        var found = observed.statefulSet();
        if (found.isEmpty()) {
            // It is being replaced: what was recorded is all that is known of what the pods were made from.
            return keep(wanted, adoption.held().fields(), back);
        }
        var same = trees.withTextsOf(found.get(), wanted);
        return adoption.isNone() ? same : keepDifferences(same, found.get(), back);
    }

    private StatefulSet keepDifferences(StatefulSet wanted, StatefulSet found, HeldBack back) {
        var differences = trees.differences(wanted, found);
        var left = new ArrayList<FieldDifference>();
        var template = new ArrayList<FieldDifference>();
        template.addAll(left(differences.stream().filter(this::makesPodsAnew).toList(), back));
        template.addAll(back.left(differences.stream()
                .filter(TemplateInForce::isOfTemplate)
                .filter(difference -> !makesPodsAnew(difference))
                .toList()));
        if (!template.isEmpty()) {
            back.say("Apply the pod template of " + ObjectRef.of(wanted), template);
            left.addAll(template);
        }
        var fewer =
                differences.stream().filter(TemplateInForce::takesMembersAway).toList();
        if (back.leaves(fewer)) {
            back.say("Take members away", fewer);
            left.addAll(fewer);
        }
        var present = trees.stored(found);
        var kept = keep(
                wanted,
                left.stream().map(difference -> field(difference, present)).toList(),
                back);
        return template.isEmpty() || left.isEmpty() ? kept : inOrderOf(present, kept);
    }

    /** Where pods are made anew because somebody asks for it, everything goes along; what somebody else has changed is put back alone. */
    private List<FieldDifference> left(List<FieldDifference> differences, HeldBack back) {
        return isAsked && !back.leaves(differences) ? List.of() : back.left(differences);
    }

    @SuppressWarnings("unchecked") // an object is a map with texts for keys
    private StatefulSet inOrderOf(Map<String, Object> present, StatefulSet kept) {
        return trees.object((Map<String, Object>) TreeEdit.inOrderOf(present, trees.stored(kept)), StatefulSet.class);
    }

    private StatefulSet keep(StatefulSet wanted, List<Held.Field> fields, HeldBack back) {
        if (fields.isEmpty()) {
            return wanted;
        }
        var tree = trees.stored(wanted);
        for (var field : fields) {
            back.field(field);
            if (field.value().isPresent()) {
                TreeEdit.put(tree, field.place(), field.value().get(), field.position());
            } else {
                TreeEdit.remove(tree, field.place());
            }
        }
        return trees.object(tree, StatefulSet.class);
    }

    private static Held.Field field(FieldDifference difference, Map<String, Object> present) {
        var stored = ObjectTrees.storedAt(difference.path());
        var value = TreeEdit.at(present, stored);
        var place = value.isPresent() ? stored : firstAbsent(stored, present);
        return new Held.Field(
                difference.path(),
                place,
                value,
                TreeEdit.position(present, place).orElse(0),
                difference.after());
    }

    /** What is around an absent field may be absent too; an empty object would be another template. */
    private static FieldPath firstAbsent(FieldPath path, Map<String, Object> present) {
        return IntStream.rangeClosed(1, path.segments().size())
                .mapToObj(path::first)
                .filter(part -> TreeEdit.at(present, part).isEmpty())
                .findFirst()
                .orElse(path);
    }

    /** Annotations are patched onto pods, and nobody has ever noticed when. */
    private static boolean isOfTemplate(FieldDifference difference) {
        var path = difference.path().toString();
        return path.startsWith(TEMPLATE) && !path.startsWith(ANNOTATIONS);
    }

    /** Labels reach pods that stay, and images may wait. */
    private boolean makesPodsAnew(FieldDifference difference) {
        return isOfTemplate(difference)
                && !difference.path().toString().startsWith(LABELS)
                && !rules.canWait(new FieldPath(difference
                        .path()
                        .segments()
                        .subList(2, difference.path().segments().size())));
    }

    private static boolean takesMembersAway(FieldDifference difference) {
        return difference.path().toString().equals(REPLICAS)
                && Integer.parseInt(difference.after()) < Integer.parseInt(difference.before());
    }
}
