package dev.patronioperator.pooler.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;

import dev.patronioperator.controller.status.PartCondition.Finding;
import dev.patronioperator.controller.status.PartReason;
import dev.patronioperator.kubernetes.Conditions.Status;

/** What the Deployments of the poolers say: can I connect through them? */
public final class PoolerFinding {

    private PoolerFinding() {}

    /** The poolers together are as well as the one that is worst. */
    public static Finding of(List<Deployment> poolers) {
        var each = new ArrayList<Finding>();
        poolers.forEach(pooler -> each.add(of(pooler)));
        return each.stream()
                .max(Comparator.comparing((Finding finding) -> finding.status() == Status.FALSE)
                        .thenComparing(finding -> finding.reason() != PartReason.READY))
                .map(worst -> new Finding(worst.status(), worst.reason(), messages(each)))
                .orElseGet(() -> Finding.fails(PartReason.APPLYING, "The poolers are being made"));
    }

    private static String messages(List<Finding> findings) {
        return String.join("; ", findings.stream().map(Finding::message).toList());
    }

    private static Finding of(Deployment pooler) {
        var name = pooler.getMetadata().getName();
        var failure = failure(pooler);
        if (failure.isPresent()) {
            return Finding.fails(
                    PartReason.PODS_FAILING,
                    name + ": " + failure.get().getMessage() + " See: kubectl describe deployment " + name);
        }
        var wanted = pooler.getSpec().getReplicas();
        var status = pooler.getStatus();
        int available = status == null ? 0 : orZero(status.getAvailableReplicas());
        boolean settled = status != null
                && pooler.getMetadata().getGeneration().equals(status.getObservedGeneration())
                && orZero(status.getUpdatedReplicas()) == wanted
                && orZero(status.getReplicas()) == wanted
                && available == wanted;
        if (settled) {
            return Finding.holds(PartReason.READY, name + ": " + wanted + " pods are available");
        }
        return available > 0
                ? Finding.holds(PartReason.ROLLING_OUT, name + ": pods are being replaced, others are available")
                : Finding.fails(PartReason.ROLLING_OUT, name + ": no pod is available yet");
    }

    private static Optional<DeploymentCondition> failure(Deployment pooler) {
        return pooler.getStatus() == null || pooler.getStatus().getConditions() == null
                ? Optional.empty()
                : pooler.getStatus().getConditions().stream()
                        .filter(condition ->
                                says(condition, "Progressing", "False") || says(condition, "ReplicaFailure", "True"))
                        .findFirst();
    }

    private static boolean says(DeploymentCondition condition, String type, String status) {
        return type.equals(condition.getType()) && status.equals(condition.getStatus());
    }

    private static int orZero(Integer number) {
        return number == null ? 0 : number;
    }
}
