package dev.patronioperator.controller.execute;

import org.jboss.logging.Logger;

import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;

/** Carries out the plan of a part of a cluster: it writes and deletes objects, and nothing else. */
public final class PartEffects implements Effects {

    private static final StepOutcomes OUTCOMES = new StepOutcomes(Logger.getLogger(PartEffects.class));

    private final ObjectWriter writer;
    private final Deleter deleter;
    private final ObservedObjects observed;

    public PartEffects(Applier applier, Deleter deleter, ObservedObjects observed) {
        this.writer = new ObjectWriter(applier);
        this.deleter = deleter;
        this.observed = observed;
    }

    @Override
    public Outcome carryOut(PlannedStep planned) {
        return OUTCOMES.of(planned, this::perform);
    }

    private Outcome perform(Step step) {
        return switch (step) {
            case Step.Apply apply -> writer.apply(apply, observed.find(apply.object()));
            case Step.Delete delete ->
                deleter.delete(delete.object(), delete.uid(), Deleter.Dependents.DELETED)
                        ? new Outcome.Done()
                        : new Outcome.Unchanged();
            case Step.Await await -> new Outcome.Pending(await.what(), await.checkAgainIn());
            case Step.Refuse ignored -> new Outcome.Unchanged();
            case Step.CreateSecret other -> ofClusters(other);
            case Step.EditSecret other -> ofClusters(other);
            case Step.ReplaceStatefulSet other -> ofClusters(other);
            case Step.GrowVolume other -> ofClusters(other);
            case Step.Switchover other -> ofClusters(other);
            case Step.RecreatePod other -> ofClusters(other);
            case Step.PausePooler other -> ofClusters(other);
            case Step.ResumePooler other -> ofClusters(other);
            case Step.PatchDcs other -> ofClusters(other);
            case Step.RestartPostgres other -> ofClusters(other);
            case Step.RunSql other -> ofClusters(other);
            case Step.RestoreLogin other -> ofClusters(other);
            case Step.UpdatePod other -> ofClusters(other);
        };
    }

    private static Outcome ofClusters(Step step) {
        return new Outcome.Failed("\"" + step.text() + "\" is a step of the cluster, not of a part of it");
    }
}
