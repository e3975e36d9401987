package dev.patronioperator.cluster;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;

import dev.patronioperator.cluster.execute.ClusterEffects;
import dev.patronioperator.cluster.execute.PasswordGenerator;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.kubernetes.ClientApplier;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.kubernetes.ReconcileApplier;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.plan.Effects;

/** Puts together what is acted with. */
@ApplicationScoped
class ClusterEffectsFactory {

    private final KubernetesClient client;
    private final Deleter deleter;
    private final PatroniClient patroni;
    private final PasswordGenerator passwords;

    ClusterEffectsFactory(
            KubernetesClient client, Deleter deleter, PatroniClient patroni, PasswordGenerator passwords) {
        this.client = client;
        this.deleter = deleter;
        this.patroni = patroni;
        this.passwords = passwords;
    }

    Effects of(Context<?> context, ObservedCluster observed) {
        return with(new ReconcileApplier(context), observed);
    }

    /** For a resource that no reconcile is made for. */
    Effects outsideOfReconciles(ObservedCluster observed) {
        return with(new ClientApplier(client), observed);
    }

    private Effects with(Applier applier, ObservedCluster observed) {
        return new ClusterEffects(applier, deleter, patroni, passwords, observed);
    }
}
