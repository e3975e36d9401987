package dev.patronioperator.cluster.status;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.cluster.status.Trouble.Kind;

/**
 * Finds what keeps instances from coming up, from what Kubernetes and Patroni say themselves, without waiting for a timeout.
 */
final class Diagnosis {

    private static final Duration GRACE = Duration.ofSeconds(4);

    private static final Set<String> IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");
    private static final Set<String> CONFIGURATION = Set.of("CreateContainerConfigError", "CreateContainerError");

    private Diagnosis() {}

    /** All troubles, the most telling first. */
    static List<Trouble> of(ObservedCluster observed) {
        var troubles = new ArrayList<Trouble>();
        observed.claims().stream()
                .filter(claim -> isOld(claim.getMetadata().getCreationTimestamp(), observed))
                .forEach(claim -> unbound(claim, observed).ifPresent(troubles::add));
        observed.instances().forEach(instance -> troubles.addAll(of(instance, observed)));
        troubles.sort(Comparator.comparing(Trouble::kind));
        return List.copyOf(troubles);
    }

    /** Volumes and nodes take a moment to be found; what lasts longer is told. */
    private static boolean isOld(String since, ObservedCluster observed) {
        try {
            return since == null
                    || Duration.between(Instant.parse(since), observed.at()).compareTo(GRACE) >= 0;
        } catch (DateTimeParseException unknown) {
            return true;
        }
    }

    private static List<Trouble> of(ObservedInstance instance, ObservedCluster observed) {
        return Stream.of(unschedulable(instance.pod(), observed), waiting(instance.pod()), notStarting(instance))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * A claim that waits for its first consumer is bound when the pod is scheduled; the pod then tells what is wrong. Where the pod is ready
     * its volume is there, whoever provided it.
     */
    private static Optional<Trouble> unbound(PersistentVolumeClaim claim, ObservedCluster observed) {
        var phase = claim.getStatus() == null ? "Pending" : claim.getStatus().getPhase();
        var storageClass = claim.getSpec().getStorageClassName();
        return switch (phase) {
            case "Lost" ->
                Optional.of(new Trouble(
                        Kind.CLAIM_NOT_BOUND,
                        name(claim),
                        "its volume " + claim.getSpec().getVolumeName() + " is lost",
                        "Restore the volume, or delete the claim to let the instance be built anew from the primary"));
            case null, default ->
                "Bound".equals(phase) || isUsed(claim, observed)
                        ? Optional.empty()
                        : Optional.of(new Trouble(
                                Kind.CLAIM_NOT_BOUND,
                                name(claim),
                                "is not bound"
                                        + (storageClass == null
                                                ? " and names no storage class"
                                                : " (storage class " + storageClass + ")"),
                                "See its events: the class may not exist, have no provisioner, or be out of space"));
        };
    }

    /** The name of a claim ends with that of its pod. */
    private static boolean isUsed(PersistentVolumeClaim claim, ObservedCluster observed) {
        return observed.instances().stream()
                .filter(ObservedInstance::isReady)
                .anyMatch(instance -> claim.getMetadata().getName().endsWith("-" + instance.name()));
    }

    /** A pod that has a node was scheduled, whatever a scheduler that came late has left in its conditions. */
    private static Optional<Trouble> unschedulable(Pod pod, ObservedCluster observed) {
        return conditions(pod)
                .filter(c -> pod.getSpec() == null || pod.getSpec().getNodeName() == null)
                .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
                .filter(c -> isOld(c.getLastTransitionTime(), observed))
                .findFirst()
                .map(condition -> new Trouble(
                        Kind.POD_UNSCHEDULABLE,
                        name(pod),
                        "cannot be scheduled: " + condition.getMessage(),
                        "Add capacity, or lower the requests, the affinity or the tolerations in the manifest"));
    }

    private static Optional<Trouble> waiting(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status ->
                        Stream.concat(orNone(status.getInitContainerStatuses()), orNone(status.getContainerStatuses())))
                .flatMap(container -> waiting(pod, container).stream())
                .findFirst();
    }

    private static Stream<ContainerStatus> orNone(List<ContainerStatus> statuses) {
        return statuses == null ? Stream.empty() : statuses.stream();
    }

    private static Optional<Trouble> waiting(Pod pod, ContainerStatus container) {
        var waiting = container.getState() == null ? null : container.getState().getWaiting();
        if (waiting == null || waiting.getReason() == null) {
            return Optional.empty();
        }
        var where = "container " + container.getName();
        if (IMAGE.contains(waiting.getReason())) {
            return Optional.of(new Trouble(
                    Kind.IMAGE_NOT_PULLED,
                    name(pod),
                    where + " has no image: " + said(waiting),
                    "Check the name " + container.getImage()
                            + ", that the registry can be reached, and its pull secret"));
        }
        if (CONFIGURATION.contains(waiting.getReason())) {
            return Optional.of(new Trouble(
                    Kind.CONTAINER_CONFIGURATION,
                    name(pod),
                    where + " cannot be created: " + said(waiting),
                    "Create the Secret or ConfigMap it names, or correct the manifest"));
        }
        if ("CrashLoopBackOff".equals(waiting.getReason())) {
            return Optional.of(new Trouble(
                    Kind.CONTAINER_CRASHING,
                    name(pod),
                    where + " ends again and again: " + lastEnd(container),
                    "See its log: kubectl logs " + pod.getMetadata().getName() + " -c " + container.getName()
                            + " --previous"));
        }
        return Optional.empty();
    }

    private static String said(ContainerStateWaiting waiting) {
        return waiting.getMessage() == null ? waiting.getReason() : waiting.getReason() + ": " + waiting.getMessage();
    }

    private static String lastEnd(ContainerStatus container) {
        var last = container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
        return last == null ? "no exit code known" : last.getReason() + ", exit code " + last.getExitCode();
    }

    private static Optional<Trouble> notStarting(ObservedInstance instance) {
        return Optional.of(instance)
                .filter(i -> i.patroni().map(p -> p.state().isFailed()).orIfUnknown(false))
                .map(i -> new Trouble(
                        Kind.MEMBER_NOT_STARTING,
                        name(i.pod()),
                        "Patroni says \""
                                + i.patroni().map(p -> p.state().toString()).orIfUnknown("") + "\"",
                        "Patroni tries again by itself; see why in: kubectl logs " + i.name() + " -c postgres"));
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).stream()
                .flatMap(List::stream);
    }

    private static String name(Pod pod) {
        return "Pod " + pod.getMetadata().getName();
    }

    private static String name(PersistentVolumeClaim claim) {
        return "PersistentVolumeClaim " + claim.getMetadata().getName();
    }
}
