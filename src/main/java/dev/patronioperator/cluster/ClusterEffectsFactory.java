package dev.patronioperator.cluster;

import jakarta.enterprise.context.ApplicationScoped;

import io.javaoperatorsdk.operator.api.reconciler.Context;

import dev.patronioperator.cluster.execute.ClusterEffects;
import dev.patronioperator.cluster.execute.DatabaseEffects;
import dev.patronioperator.cluster.execute.DeletionEffects;
import dev.patronioperator.cluster.execute.PasswordGenerator;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.kubernetes.PodShell;
import dev.patronioperator.kubernetes.ReconcileApplier;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.postgres.session.SqlSessions;

/** Puts together what is acted with. */
@ApplicationScoped
class ClusterEffectsFactory {

    private final Deleter deleter;
    private final PatroniClient patroni;
    private final PasswordGenerator passwords;
    private final SqlSessions sessions;
    private final PodShell shell;

    ClusterEffectsFactory(
            Deleter deleter, PatroniClient patroni, PasswordGenerator passwords, SqlSessions sessions, PodShell shell) {
        this.deleter = deleter;
        this.patroni = patroni;
        this.passwords = passwords;
        this.sessions = sessions;
        this.shell = shell;
    }

    Effects of(Context<?> context, ObservedCluster observed) {
        return of(context, observed, new DatabaseLook.NotOurs());
    }

    Effects of(Context<?> context, ObservedCluster observed, DatabaseLook look) {
        var database = new DatabaseEffects(sessions, shell, look);
        return new ClusterEffects(new ReconcileApplier(context), deleter, patroni, passwords, database, observed);
    }

    /** For a resource that no reconcile is made for. */
    Effects deletionsOnly(ObservedCluster ignored) {
        return new DeletionEffects(deleter);
    }
}
