package dev.patronioperator.cluster;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;

import dev.patronioperator.cluster.execute.ClusterEffects;
import dev.patronioperator.cluster.execute.DatabaseEffects;
import dev.patronioperator.cluster.execute.DeletionEffects;
import dev.patronioperator.cluster.execute.PasswordGenerator;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.ClientReader;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.kubernetes.PodShell;
import dev.patronioperator.kubernetes.ReconcileApplier;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.postgres.session.PoolerConsole;
import dev.patronioperator.postgres.session.SqlSessions;

/** Puts together what is acted with. */
@ApplicationScoped
class ClusterEffectsFactory {

    private final Deleter deleter;
    private final PatroniClient patroni;
    private final PasswordGenerator passwords;
    private final SqlSessions sessions;
    private final PodShell shell;
    private final PoolerConsole console;

    ClusterEffectsFactory(
            Deleter deleter,
            PatroniClient patroni,
            PasswordGenerator passwords,
            SqlSessions sessions,
            PodShell shell,
            PoolerConsole console) {
        this.deleter = deleter;
        this.patroni = patroni;
        this.passwords = passwords;
        this.sessions = sessions;
        this.shell = shell;
        this.console = console;
    }

    Effects of(Context<?> context, ObservedCluster observed) {
        return of(context, observed, new DatabaseLook.NotOurs());
    }

    Effects of(Context<?> context, ObservedCluster observed, DatabaseLook look) {
        var database = new DatabaseEffects(sessions, shell, look);
        var reader = new ClientReader(context.getClient());
        return new ClusterEffects(
                new ReconcileApplier(context),
                deleter,
                patroni,
                passwords,
                labels -> reader.list(
                        Pod.class, context.getPrimaryResource().getMetadata().getNamespace(), labels),
                console,
                database,
                observed);
    }

    /** For a resource that no reconcile is made for. */
    Effects deletionsOnly(ObservedCluster ignored) {
        return new DeletionEffects(deleter);
    }
}
