package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * The folder of the data volume that holds the data. Another one is empty, or holds the data of somebody else: members would start without theirs, so it is refused
 * for a cluster that has volumes, and not written into the StatefulSet.
 *
 * <p>Where the data is say the pods. A StatefulSet that somebody else edited moves nothing, and is mended.
 */
final class DataDirectory {

    private static final FieldPath SUB_PATH = FieldPath.of("spec.volume.subPath");

    private DataDirectory() {}

    /** The StatefulSet as wanted, but with the folder in which the data is. */
    static StatefulSet withoutMoving(StatefulSet wanted, ObservedCluster observed) {
        return left(wanted, observed)
                .map(present -> {
                    var set = new StatefulSetBuilder(wanted).build();
                    mounts(set.getSpec().getTemplate().getSpec()).forEach(mount -> {
                        mount.setSubPath(present.getSubPath());
                        mount.setSubPathExpr(present.getSubPathExpr());
                    });
                    return set;
                })
                .orElse(wanted);
    }

    static Optional<PlannedStep> refusal(StatefulSet wanted, ObservedCluster observed) {
        return left(wanted, observed)
                .map(present -> PlannedStep.of(
                        new Step.Refuse("look for the data in another folder of its volumes"),
                        Impact.FORBIDDEN,
                        new Reason(
                                Reason.Code.REFUSED,
                                Optional.of(SUB_PATH),
                                text(present),
                                mount(wanted).map(DataDirectory::text).orElse(""))));
    }

    /** The mount that would be given up. */
    private static Optional<VolumeMount> left(StatefulSet wanted, ObservedCluster observed) {
        var present = present(observed);
        return observed.claims().isEmpty()
                        || mount(wanted)
                                .filter(asked -> present.stream().noneMatch(found -> isSame(asked, found)))
                                .isEmpty()
                ? Optional.empty()
                : present.stream().findFirst();
    }

    private static List<VolumeMount> present(ObservedCluster observed) {
        var pods = observed.instances().stream()
                .flatMap(instance -> mounts(instance.pod().getSpec()).limit(1))
                .toList();
        return pods.isEmpty()
                ? observed.statefulSet().flatMap(DataDirectory::mount).stream().toList()
                : pods;
    }

    private static Optional<VolumeMount> mount(StatefulSet set) {
        return mounts(set.getSpec().getTemplate().getSpec()).findFirst();
    }

    private static Stream<VolumeMount> mounts(PodSpec pod) {
        return pod == null
                ? Stream.empty()
                : Stream.of(pod.getContainers(), pod.getInitContainers())
                        .flatMap(List::stream)
                        .map(Container::getVolumeMounts)
                        .flatMap(List::stream)
                        .filter(mount -> Names.DATA_VOLUME.equals(mount.getName()));
    }

    private static boolean isSame(VolumeMount one, VolumeMount other) {
        return Objects.equals(one.getSubPath(), other.getSubPath())
                && Objects.equals(one.getSubPathExpr(), other.getSubPathExpr());
    }

    private static String text(VolumeMount mount) {
        return mount.getSubPathExpr() != null
                ? mount.getSubPathExpr() + " (an expression)"
                : Objects.requireNonNullElse(mount.getSubPath(), "");
    }
}
