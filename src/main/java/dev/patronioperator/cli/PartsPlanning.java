package dev.patronioperator.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import jakarta.inject.Singleton;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.quarkus.arc.All;
import io.quarkus.arc.Unremovable;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.controller.ClusterPart;
import dev.patronioperator.controller.PartReconciliations;
import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.settings.Settings;

/** Adds to the plan of a cluster what the controllers of its parts would do: one plan for one manifest. */
@Singleton
@Unremovable
class PartsPlanning {

    private final List<ClusterPart> parts;
    private final PartReconciliations reconciliations;

    PartsPlanning(@All List<ClusterPart> parts, PartReconciliations reconciliations) {
        this.parts = parts.stream()
                .sorted(Comparator.comparing(ClusterPart::condition))
                .toList();
        this.reconciliations = reconciliations;
    }

    /**
     * The whole plan.
     *
     * @param cluster what the cluster's own controller would do
     */
    PlannedManifest complete(
            PlannedManifest.Planned cluster, Postgresql manifest, Settings settings, ObjectReader reader) {
        var steps = new ArrayList<PlannedStep>(cluster.plan().steps());
        var deferred = new ArrayList<Deferred>(cluster.plan().deferred());
        var objects = new ArrayList<HasMetadata>(cluster.objects());
        for (var part : parts) {
            var look = reconciliations.pipeline(part).look(manifest, settings, reader);
            if (look.observed() instanceof Known.Unknown<ObservedObjects>(String because)) {
                return new PlannedManifest.Failed(because);
            }
            steps.addAll(look.plan().steps());
            deferred.addAll(look.plan().deferred());
            look.desired().wanted().stream().map(part::shown).forEach(objects::add);
        }
        return new PlannedManifest.Planned(new Plan(steps, deferred), objects, cluster.warnings());
    }
}
