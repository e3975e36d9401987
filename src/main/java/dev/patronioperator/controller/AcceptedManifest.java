package dev.patronioperator.controller;

import java.util.Objects;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Known;

/**
 * Which manifest the parts of a cluster go by. Whether a manifest is valid is the cluster controller's to decide, once for all: it says
 * so in a condition, and keeps those that are.
 */
@ApplicationScoped
public class AcceptedManifest {

    /** The condition by which the cluster controller says whether the newest manifest is valid. */
    public static final String CONDITION = "SpecAccepted";

    private final AcceptedSpecs accepted;

    public AcceptedManifest(AcceptedSpecs accepted) {
        this.accepted = accepted;
    }

    /**
     * The manifest in force: the newest one if it was accepted, else the last one that was; empty if none was, and as long as that is not
     * decided. Costs a request only while the newest is refused.
     */
    public Known<Optional<Postgresql>> of(Postgresql cluster, ObjectReader reader) {
        return switch (verdict(cluster)) {
            case UNDECIDED -> Known.of(Optional.empty());
            case VALID -> Known.of(Optional.of(cluster));
            case REFUSED ->
                reader.uncached()
                        .list(
                                ControllerRevision.class,
                                cluster.getMetadata().getNamespace(),
                                AcceptedSpecs.labels(cluster.getMetadata().getName()))
                        .map(records -> accepted.specs(cluster, records).stream()
                                .findFirst()
                                .map(spec -> withSpec(cluster, spec)));
        };
    }

    private enum Verdict {
        VALID,
        REFUSED,
        UNDECIDED
    }

    private static Verdict verdict(Postgresql cluster) {
        if (cluster.getStatus() == null) {
            return Verdict.UNDECIDED;
        }
        return Conditions.find(cluster.getStatus().conditions(), CONDITION)
                .filter(said -> Objects.equals(
                        said.getObservedGeneration(), cluster.getMetadata().getGeneration()))
                .map(said -> "True".equals(said.getStatus()) ? Verdict.VALID : Verdict.REFUSED)
                .orElse(Verdict.UNDECIDED);
    }

    /** The resource as it is, but with another manifest; the one from the cache is not touched. */
    public static Postgresql withSpec(Postgresql cluster, PostgresqlSpec spec) {
        var copy = new Postgresql();
        copy.setMetadata(cluster.getMetadata());
        copy.setStatus(cluster.getStatus());
        copy.setSpec(spec);
        return copy;
    }
}
