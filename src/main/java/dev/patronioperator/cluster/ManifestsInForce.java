package dev.patronioperator.cluster;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.AdoptionRecord;
import dev.patronioperator.cluster.observe.AdoptionRecords;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.validate.SpecChecks;
import dev.patronioperator.cluster.validate.SpecProblem;
import dev.patronioperator.controller.AcceptedManifest;
import dev.patronioperator.controller.AcceptedSpecs;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;

/** Decides which manifest a cluster goes by: the newest one if it is valid, else the last one that was. */
@ApplicationScoped
class ManifestsInForce {

    private final AcceptedSpecs accepted;
    private final AdoptionRecords adoptions;
    private final InfrastructureRoleSource infrastructure;

    ManifestsInForce(AcceptedSpecs accepted, AdoptionRecords adoptions, InfrastructureRoleSource infrastructure) {
        this.accepted = accepted;
        this.adoptions = adoptions;
        this.infrastructure = infrastructure;
    }

    ManifestInForce of(Postgresql cluster, Settings settings, ObjectReader reader) {
        var problems = SpecChecks.check(cluster, settings).stream()
                .map(SpecProblem::toString)
                .toList();
        var roles = infrastructure.of(cluster, settings, reader);
        var records = records(cluster, reader);
        var models = records.map(known -> accepted.specs(cluster, known).stream()
                        .map(spec -> ClusterModel.accept(AcceptedManifest.withSpec(cluster, spec), settings, roles))
                        .toList())
                .orIfUnknown(List.of());
        var adoption = records.map(known -> adoptions.of(cluster, known)).orIfUnknown(AdoptionRecord.UNKNOWN);
        if (!problems.isEmpty()) {
            return new ManifestInForce(
                    models.stream().findFirst(),
                    problems,
                    Optional.empty(),
                    models.stream().skip(1).toList(),
                    List.of(),
                    adoption);
        }
        return new ManifestInForce(
                Optional.of(ClusterModel.accept(cluster, settings, roles)),
                problems,
                Optional.of(accepted.revision(cluster)),
                models,
                records.map(known -> AcceptedSpecs.superfluous(cluster, known)).orIfUnknown(List.of()),
                adoption);
    }

    /** Where the objects of the cluster are found; its labels do not depend on whether the manifest is valid. */
    ClusterObserver.Scope scope(Postgresql cluster, Settings settings, List<HasMetadata> beside) {
        return new ClusterObserver.Scope(
                cluster.getMetadata().getNamespace(),
                cluster.getMetadata().getName(),
                Identity.of(cluster, settings).labels(),
                beside);
    }

    private static Known<List<ControllerRevision>> records(Postgresql cluster, ObjectReader reader) {
        return reader.list(
                ControllerRevision.class,
                cluster.getMetadata().getNamespace(),
                AcceptedSpecs.labels(cluster.getMetadata().getName()));
    }
}
