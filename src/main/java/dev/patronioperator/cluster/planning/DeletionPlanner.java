package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Plans the deletion of a cluster from what is there, not from what was once made. The pods go first: as long as a member lives it makes
 * Patroni's objects again.
 *
 * <p>What is kept follows the configuration; an empty plan means that everything is gone that should be.
 */
public final class DeletionPlanner {

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(5);
    private static final Set<String> ALWAYS = Set.of("Service", "Endpoints", "ConfigMap", "PodDisruptionBudget");

    private DeletionPlanner() {}

    /**
     * What the configuration says of data that outlives a cluster.
     *
     * @param deleteClaims {@code enable_persistent_volume_claim_deletion}
     * @param deleteSecrets {@code enable_secrets_deletion}
     */
    public record Retention(boolean deleteClaims, boolean deleteSecrets) {}

    /**
     * @param parts what exists of the cluster's poolers and backup; it goes first, as it uses what goes afterwards
     */
    public static Plan plan(ObservedCluster observed, List<HasMetadata> parts, Retention retention) {
        var steps = new ArrayList<PlannedStep>();
        parts.stream()
                .filter(object -> isDeletedOfPart(object, retention))
                .sorted(Comparator.comparing(ObjectRef::of))
                .forEach(object -> add(object, Impact.NONE, steps));
        observed.statefulSet().ifPresent(set -> add(set, Impact.OUTAGE, steps));
        if (!observed.instances().isEmpty() || observed.statefulSet().isPresent()) {
            observed.instances().stream()
                    .filter(i -> observed.statefulSet().isEmpty())
                    .forEach(i -> add(i.pod(), Impact.NONE, steps));
            steps.add(PlannedStep.of(
                    new Step.Await("the pods to be gone", CHECK_AGAIN),
                    Impact.NONE,
                    Reason.of(Reason.Code.CLUSTER_DELETED)));
            return new Plan(steps);
        }
        observed.objects().values().stream()
                .filter(object -> isDeleted(object, retention))
                .sorted(Comparator.comparing(ObjectRef::of))
                .forEach(object -> add(object, Impact.NONE, steps));
        observed.eventStreams().orIfUnknown(List.of()).forEach(stream -> add(stream, Impact.NONE, steps));
        if (retention.deleteClaims()) {
            observed.claims().forEach(claim -> add(claim, Impact.NONE, steps));
        }
        return new Plan(List.copyOf(steps));
    }

    /** Credentials follow the configuration; what else a part keeps in a Secret is a copy of them and does not outlive it. */
    private static boolean isDeletedOfPart(HasMetadata object, Retention retention) {
        return retention.deleteSecrets() || !(object instanceof Secret secret) || !isCredentials(secret);
    }

    private static boolean isCredentials(Secret secret) {
        return secret.getData() != null && secret.getData().containsKey(Credentials.USERNAME);
    }

    private static boolean isDeleted(HasMetadata object, Retention retention) {
        return ALWAYS.contains(object.getKind()) || retention.deleteSecrets() && "Secret".equals(object.getKind());
    }

    private static void add(HasMetadata object, Impact impact, List<PlannedStep> steps) {
        if (object.getMetadata().getDeletionTimestamp() == null) {
            steps.add(PlannedStep.of(
                    new Step.Delete(ObjectRef.of(object), object.getMetadata().getUid()),
                    impact,
                    Reason.of(Reason.Code.CLUSTER_DELETED)));
        }
    }
}
