package dev.patronioperator.cli.output;

import java.util.List;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cli.PlannedManifest;
import dev.patronioperator.config.ConfigurationCheck;
import dev.patronioperator.plan.Impact;

/** What it would mean to start this operator in an installation where another one has run until now. */
public record AdoptionReport(ConfigurationCheck configuration, List<Cluster> clusters) {

    /** What becomes of one cluster. */
    public enum Verdict {
        /** It is looked after, and nothing restarts. */
        SAFE,
        /** A restart is in the plan. */
        DISRUPTIVE,
        /** It asks for something that is refused; the rest is looked after. */
        REFUSES,
        /** The manifest is not accepted; the cluster goes on as it is, and no change of it is carried out. */
        REJECTED,
        /** It could not be found out. */
        UNKNOWN,
        /** It is marked for another operator. */
        OTHERS
    }

    /** A cluster and what planning it came to; nothing is planned for those of other operators. */
    public record Cluster(Postgresql resource, Verdict verdict, PlannedManifest planned) {

        public static Cluster ofOthers(Postgresql resource) {
            return new Cluster(resource, Verdict.OTHERS, new PlannedManifest.Rejected(List.of()));
        }

        public static Cluster of(Postgresql resource, PlannedManifest planned) {
            return new Cluster(resource, verdict(planned), planned);
        }

        private static Verdict verdict(PlannedManifest planned) {
            return switch (planned) {
                case PlannedManifest.Failed ignored -> Verdict.UNKNOWN;
                case PlannedManifest.Rejected ignored -> Verdict.REJECTED;
                case PlannedManifest.Planned found -> verdict(found.plan().impact());
            };
        }

        private static Verdict verdict(Impact impact) {
            if (impact == Impact.FORBIDDEN) {
                return Verdict.REFUSES;
            }
            return impact.isDisruptive() ? Verdict.DISRUPTIVE : Verdict.SAFE;
        }

        public boolean isSafe() {
            return verdict == Verdict.SAFE || verdict == Verdict.OTHERS;
        }

        String title() {
            return "postgresql " + resource.getMetadata().getNamespace() + "/"
                    + resource.getMetadata().getName();
        }
    }

    public AdoptionReport {
        clusters = List.copyOf(clusters);
    }

    /** Whether the operator can be started: nothing restarts, and nothing is left out. */
    public boolean isSafe() {
        return configuration.errors().isEmpty() && clusters.stream().allMatch(Cluster::isSafe);
    }

    /** Whether everything could be found out. */
    public boolean isComplete() {
        return clusters.stream().noneMatch(cluster -> cluster.verdict() == Verdict.UNKNOWN);
    }
}
