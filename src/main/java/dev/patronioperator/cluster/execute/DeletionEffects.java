package dev.patronioperator.cluster.execute;

import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;

/** Carries out the plan of a deletion where there is no reconcile: it deletes, and can do nothing else. */
public final class DeletionEffects implements Effects {

    private final Deleter deleter;

    public DeletionEffects(Deleter deleter) {
        this.deleter = deleter;
    }

    @Override
    public Outcome carryOut(PlannedStep planned) {
        return switch (planned.step()) {
            case Step.Delete delete -> delete(delete);
            case Step.Await await -> new Outcome.Pending(await.what(), await.checkAgainIn());
            default -> new Outcome.Failed(planned.step().text() + " is no part of a deletion");
        };
    }

    private Outcome delete(Step.Delete step) {
        try {
            return deleter.delete(step.object(), step.uid(), Deleter.Dependents.DELETED)
                    ? new Outcome.Done()
                    : new Outcome.Unchanged();
        } catch (KubernetesClientException e) {
            return new Outcome.Failed(step.text() + " failed with " + e.getCode());
        }
    }
}
