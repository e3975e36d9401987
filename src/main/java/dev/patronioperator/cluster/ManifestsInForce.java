package dev.patronioperator.cluster;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.cluster.observe.AcceptedSpecs;
import dev.patronioperator.cluster.validate.SpecChecks;
import dev.patronioperator.cluster.validate.SpecProblem;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;

/** Decides which manifest a cluster goes by: the newest one if it is valid, else the last one that was. */
@ApplicationScoped
class ManifestsInForce {

    private final AcceptedSpecs accepted;

    ManifestsInForce(AcceptedSpecs accepted) {
        this.accepted = accepted;
    }

    /**
     * The manifest in force.
     *
     * @param inForce empty if none was ever accepted, or it is not known which
     * @param problems what is wrong with the newest manifest, one line each; empty if it is the one in force
     * @param record what is kept to remember an accepted manifest by; empty if the newest was not accepted
     * @param superfluous records that are too old to be kept
     */
    record Manifest(
            Optional<Postgresql> inForce,
            List<String> problems,
            Optional<ControllerRevision> record,
            List<ControllerRevision> superfluous) {

        Manifest {
            problems = List.copyOf(problems);
            superfluous = List.copyOf(superfluous);
        }

        /** Every record, present or to be made: they are looked at beside the cluster's own objects. */
        List<HasMetadata> records() {
            return java.util.stream.Stream.<HasMetadata>concat(record.stream(), superfluous.stream())
                    .toList();
        }
    }

    Manifest of(Postgresql cluster, Settings settings, ObjectReader reader) {
        var problems = SpecChecks.check(cluster, settings).stream()
                .map(SpecProblem::toString)
                .toList();
        var records = reader.list(
                ControllerRevision.class,
                cluster.getMetadata().getNamespace(),
                AcceptedSpecs.labels(cluster.getMetadata().getName()));
        var superfluous = records.map(r -> AcceptedSpecs.superfluous(cluster, r)).orIfUnknown(List.of());
        if (problems.isEmpty()) {
            return new Manifest(Optional.of(cluster), problems, Optional.of(accepted.revision(cluster)), superfluous);
        }
        var last = records instanceof Known.Value<List<ControllerRevision>>(List<ControllerRevision> known)
                ? accepted.latest(cluster, known).map(spec -> withSpec(cluster, spec))
                : Optional.<Postgresql>empty();
        return new Manifest(last, problems, Optional.empty(), List.of());
    }

    /** The resource as it is, but with another manifest; the one from the cache is not touched. */
    private static Postgresql withSpec(Postgresql cluster, PostgresqlSpec spec) {
        var copy = new Postgresql();
        copy.setMetadata(cluster.getMetadata());
        copy.setStatus(cluster.getStatus());
        copy.setSpec(spec);
        return copy;
    }
}
