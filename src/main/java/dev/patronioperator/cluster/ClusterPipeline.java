package dev.patronioperator.cluster;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.api.DatabaseStatus;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.settings.Settings;

/**
 * What happens to a cluster, from top to bottom: what is to be done about it, which {@link ClusterSurvey} tells whoever asks; what is inside its database; saying so,
 * doing it, and saying how things are. Only the controller hands in effects that act.
 */
@ApplicationScoped
class ClusterPipeline {

    private final ClusterSurvey survey;
    private final TeamMemberSource teams;
    private final ClusterDatabases databases;
    private final ClusterReport report;
    private final Clock clock;

    ClusterPipeline(
            ClusterSurvey survey,
            TeamMemberSource teams,
            ClusterDatabases databases,
            ClusterReport report,
            Clock clock) {
        this.survey = survey;
        this.teams = teams;
        this.databases = databases;
        this.report = report;
        this.clock = clock;
    }

    /**
     * Looks at a cluster and acts on it.
     *
     * @param announce told of the plan before anything is done
     * @param effects makes the effects for the observed facts
     */
    ClusterPass run(
            Postgresql cluster,
            Settings settings,
            ObjectReader reader,
            Consumer<Plan> announce,
            BiFunction<ObservedCluster, DatabaseLook, Effects> effects) {
        var look = lookInside(cluster, settings, reader, survey.look(cluster, settings, reader));
        announce.accept(look.plan());
        var execution = look.observed()
                .map(facts -> PlanExecutor.execute(look.plan(), effects.apply(facts, look.database())))
                .orIfUnknown(Execution.NOTHING);
        return new ClusterPass(
                look.plan(), execution, report.status(cluster, settings, look, execution), clock.instant());
    }

    ClusterLook lookInside(Postgresql cluster, Settings settings, ObjectReader reader, ClusterLook look) {
        if (holdsStill(look)) {
            return look;
        }
        var foundRightWith = Optional.ofNullable(cluster.getStatus())
                .map(PostgresqlStatus::database)
                .map(DatabaseStatus::foundRightWith);
        var people = look.manifest()
                .model()
                .filter(ClusterDatabases::areOurs)
                .filter(model -> look.observed()
                        .map(facts -> !ClusterDatabases.waitForClients(model, facts))
                        .orIfUnknown(true))
                .map(model -> HumanRoles.of(model, teams.of(model, reader)));
        var seen = look.manifest()
                .model()
                .map(model -> look.observed()
                        .map(facts -> databases.look(
                                model, people.orElseGet(() -> HumanRoles.none(model)), facts, foundRightWith, reader))
                        .orIfUnknown(new DatabaseLook.NotYet("the facts about the cluster")))
                .orElseGet(DatabaseLook.NotOurs::new);
        // Until it has been right once, what differs is what the manifest asks for.
        var why = foundRightWith.isPresent() ? survey.explanation(cluster, settings) : Explanation.NEW_MANIFEST;
        return look.inside(people, seen, why);
    }

    private static boolean holdsStill(ClusterLook look) {
        return look.observed()
                .map(facts -> look.desired()
                        .filter(desired -> ClusterPlanner.holdsStill(desired, facts))
                        .isPresent())
                .orIfUnknown(false);
    }
}
