package dev.patronioperator.cluster.execute;

import java.time.Duration;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.jboss.logging.Logger;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.execute.ObjectWriter;
import dev.patronioperator.controller.execute.StepOutcomes;
import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.session.PoolerConsole;

/**
 * Carries out the steps of one cluster's plan. The switch is exhaustive: a new kind of step does not compile without its handler.
 *
 * <p>Every effect is logged once, with its reason. Nothing here waits for something to happen: what takes time is {@link
 * Outcome.Pending} and is looked at again by the next reconcile.
 */
public final class ClusterEffects implements Effects {

    private static final StepOutcomes OUTCOMES = new StepOutcomes(Logger.getLogger(ClusterEffects.class));
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Applier applier;
    private final ObjectWriter writer;
    private final Deleter deleter;
    private final PodEffects pods;
    private final PatroniEffects patroni;
    private final SecretEffects secrets;
    private final PoolerEffects poolers;
    private final DatabaseEffects database;
    private final ObservedCluster observed;

    public ClusterEffects(
            Applier applier,
            Deleter deleter,
            PatroniClient client,
            PasswordGenerator passwords,
            PoolerPods poolerPods,
            PoolerConsole console,
            DatabaseEffects database,
            ObservedCluster observed) {
        this.applier = applier;
        this.writer = new ObjectWriter(applier);
        this.deleter = deleter;
        this.pods = new PodEffects(applier, observed);
        this.patroni = new PatroniEffects(client, observed);
        this.secrets = new SecretEffects(applier, passwords, observed);
        this.poolers = new PoolerEffects(applier, poolerPods, console, observed);
        this.database = database;
        this.observed = observed;
    }

    @Override
    public Outcome carryOut(PlannedStep planned) {
        return OUTCOMES.of(planned, this::perform);
    }

    private Outcome perform(Step step) {
        return switch (step) {
            case Step.Apply(StatefulSet _, var _) when pods.lackUpdates() -> podsFirst();
            case Step.Apply apply -> writer.apply(apply, observed.find(apply.object()));
            case Step.CreateSecret create -> secrets.create(create);
            case Step.EditSecret edit -> secrets.edit(edit);
            case Step.Delete delete -> delete(delete.object(), delete.uid(), Deleter.Dependents.DELETED);
            case Step.RecreatePod recreate -> delete(recreate.pod(), recreate.uid(), Deleter.Dependents.DELETED);
            case Step.ReplaceStatefulSet _ when pods.lackUpdates() -> podsFirst();
            case Step.ReplaceStatefulSet replace -> replace(replace);
            case Step.UpdatePod update -> pods.update(update);
            case Step.GrowVolume grow -> {
                applier.apply(claimOfSize(grow));
                yield new Outcome.Done();
            }
            case Step.PausePooler pause -> poolers.pause(pause);
            case Step.ResumePooler resume -> poolers.resume(resume);
            case Step.Switchover switchover -> patroni.switchover(switchover);
            case Step.PatchDcs patch -> patroni.patch(patch);
            case Step.RestartPostgres restart -> patroni.restart(restart);
            case Step.RunSql sql -> database.run(sql);
            case Step.RestoreLogin restore -> database.restoreLogin(restore);
            case Step.Await await -> new Outcome.Pending(await.what(), await.checkAgainIn());
            case Step.Refuse ignored -> new Outcome.Unchanged();
        };
    }

    /** The StatefulSet is the only one that knows what its pods have to lose. */
    private static Outcome podsFirst() {
        return new Outcome.Pending("its pods to be updated", SOON);
    }

    private Outcome delete(ObjectRef object, String uid, Deleter.Dependents dependents) {
        return deleter.delete(object, uid, dependents) ? new Outcome.Done() : new Outcome.Unchanged();
    }

    /** Two effects, so it may be cut between them: the next plan then finds no StatefulSet and makes it; the pods have stayed. */
    private Outcome replace(Step.ReplaceStatefulSet replace) {
        var object = ObjectRef.of(replace.desired());
        deleter.delete(object, replace.uid(), Deleter.Dependents.ORPHANED);
        return new Outcome.Pending("the old StatefulSet to be gone, its pods stay", SOON);
    }

    /** With the labels that all claims have: what is once applied and then left out would be taken away. */
    private PersistentVolumeClaim claimOfSize(Step.GrowVolume grow) {
        var template = observed.statefulSet()
                .map(set -> set.getSpec().getVolumeClaimTemplates())
                .filter(templates -> !templates.isEmpty())
                .map(templates -> templates.getFirst().getMetadata())
                .orElseGet(ObjectMeta::new);
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(grow.claim().namespace())
                .withName(grow.claim().name())
                .withLabels(template.getLabels())
                .withAnnotations(template.getAnnotations())
                .endMetadata()
                .withNewSpec()
                .withNewResources()
                .addToRequests("storage", grow.size())
                .endResources()
                .endSpec()
                .build();
    }
}
