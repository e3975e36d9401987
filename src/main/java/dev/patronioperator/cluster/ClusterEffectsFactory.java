package dev.patronioperator.cluster;

import jakarta.enterprise.context.ApplicationScoped;

import io.javaoperatorsdk.operator.api.reconciler.Context;

import dev.patronioperator.cluster.execute.ClusterEffects;
import dev.patronioperator.cluster.execute.DeletionEffects;
import dev.patronioperator.cluster.execute.PasswordGenerator;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.kubernetes.ReconcileApplier;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.plan.Effects;

/** Puts together what is acted with. */
@ApplicationScoped
class ClusterEffectsFactory {

    private final Deleter deleter;
    private final PatroniClient patroni;
    private final PasswordGenerator passwords;

    ClusterEffectsFactory(Deleter deleter, PatroniClient patroni, PasswordGenerator passwords) {
        this.deleter = deleter;
        this.patroni = patroni;
        this.passwords = passwords;
    }

    Effects of(Context<?> context, ObservedCluster observed) {
        return new ClusterEffects(new ReconcileApplier(context), deleter, patroni, passwords, observed);
    }

    /** For a resource that no reconcile is made for. */
    Effects deletionsOnly(ObservedCluster ignored) {
        return new DeletionEffects(deleter);
    }
}
