package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.model.PrimaryPooler;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Held;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;

/**
 * Makes the plan for a cluster: what is wanted against what is observed. Pure; the same input gives the same plan, and a plan that has
 * been carried out is followed by an empty one.
 *
 * <p>Order: Secrets, which pods read; the objects in the order in which they are made; volumes; Patroni's configuration; what is not
 * wanted any more; and at last what disturbs somebody.
 */
public final class ClusterPlanner {

    /** A watch tells when it is there; this is for what a watch misses. */
    private static final Duration MISSING_INPUT = Duration.ofSeconds(30);

    private final ObjectsPlanner objects;
    private final StatefulSetPlanner statefulSets;
    private final RolloutPlanner rollout;
    private final ClaimPlanner claims;
    private final LoopBreaker breaker;
    private final PatroniMarkPlanner patroniMarks;
    private final EventStreamPlanner eventStreams;
    private final ObjectTrees trees;

    public ClusterPlanner(ObjectTrees trees) {
        this.objects = new ObjectsPlanner(trees);
        this.statefulSets = new StatefulSetPlanner(objects);
        this.rollout = new RolloutPlanner(trees);
        this.claims = new ClaimPlanner(trees);
        this.breaker = new LoopBreaker(trees);
        this.patroniMarks = new PatroniMarkPlanner(objects);
        this.eventStreams = new EventStreamPlanner(objects);
        this.trees = trees;
    }

    /**
     * What is wanted of a cluster.
     *
     * @param dynamicConfiguration what Patroni's dynamic configuration shall hold, as a merge patch
     * @param parameters of PostgreSQL, in the cluster's major version
     * @param rules how much of a difference makes a pod anew
     * @param adoption how much of a difference is left as the operator before this one made it
     * @param former metadata of the pod templates that manifests before this one asked for; empty where there is a StatefulSet to tell
     * @param pooler whose clients wait for a primary that moves; empty where there is none, or the operator may not speak to it
     * @param missing what pods need to start and is not there, such as {@code Secret orders-tls}
     */
    public record Wanted(
            DesiredObjects objects,
            Map<String, Object> dynamicConfiguration,
            ParameterCatalogue parameters,
            RolloutRules rules,
            Adoption adoption,
            List<ObjectMeta> former,
            Optional<PrimaryPooler> pooler,
            List<String> missing) {

        public Wanted {
            former = List.copyOf(former);
            missing = List.copyOf(missing);
        }

        /** Of a cluster that was always ours. */
        public Wanted(
                DesiredObjects objects,
                Map<String, Object> dynamicConfiguration,
                ParameterCatalogue parameters,
                RolloutRules rules) {
            this(
                    objects,
                    dynamicConfiguration,
                    parameters,
                    rules,
                    Adoption.NONE,
                    List.of(),
                    Optional.empty(),
                    List.of());
        }

        public Wanted with(DesiredObjects others) {
            return new Wanted(others, dynamicConfiguration, parameters, rules, adoption, former, pooler, missing);
        }

        public Wanted lacking(List<String> what) {
            return new Wanted(objects, dynamicConfiguration, parameters, rules, adoption, former, pooler, what);
        }
    }

    /**
     * A plan, and what it leaves as another operator made it.
     *
     * @param held to be recorded, so that it is known which differences are new
     */
    public record Planned(Plan plan, Held held) {}

    /** The plan for a cluster that was never rolled out. */
    public Plan plan(Wanted wanted, ObservedCluster observed, Explanation why) {
        return plan(wanted, observed, why, RolloutMemory.NONE);
    }

    /**
     * @param memory what is known of the last rollout that was finished
     */
    public Plan plan(Wanted wanted, ObservedCluster observed, Explanation why, RolloutMemory memory) {
        return planned(wanted, observed, why, memory).plan();
    }

    /**
     * @param memory what is known of the last rollout that was finished
     */
    public Planned planned(Wanted wanted, ObservedCluster observed, Explanation why, RolloutMemory memory) {
        var refusal = identity(wanted.objects(), observed);
        if (refusal.isPresent()) {
            var steps = PoolerPausePlanner.around(List.of(refusal.get()), wanted.pooler(), observed);
            return new Planned(new Plan(steps), wanted.adoption().held());
        }
        var names = TakenNames.of(wanted.objects(), observed);
        if (TakenNames.isAll(wanted.objects(), observed)) {
            return new Planned(new Plan(names.refusals()), wanted.adoption().held());
        }
        var desired = names.free();
        var steps = new ArrayList<PlannedStep>(objects.secrets(desired, observed, why));
        var disruptions = new ArrayList<PlannedStep>();
        var deferred = new ArrayList<Deferred>();
        var back = new HeldBack(wanted.adoption());
        for (var object : desired.objects()) {
            if (object instanceof StatefulSet asked) {
                var set = inForce(asked, observed, new Leave(wanted.adoption(), wanted.rules(), why), back);
                var differences = statefulSets.differences(set, observed);
                var lost = observed.statefulSet().isPresent()
                        ? LostMetadata.of(differences)
                        : LostMetadata.of(wanted.former());
                var pods = rollout.plan(set, observed, wanted.rules(), differences);
                steps.addAll(PodMetadataPlanner.plan(set, lost, pods.outdated(), observed, wanted.rules(), why));
                steps.addAll(breaker.statefulSet(statefulSets.plan(set, observed, why), set, observed, memory));
                steps.addAll(claims.plan(set, observed, why));
                for (var step : VolumePlanner.plan(asked, observed, why)) {
                    if (wanted.rules().keepsVolumes() && step.step() instanceof Step.GrowVolume) {
                        deferred.add(VolumePlanner.leftToOthers(step));
                    } else {
                        steps.add(step);
                    }
                }
                DataDirectory.refusal(asked, observed).ifPresent(steps::add);
                var lacking = new LackingPods(wanted.missing());
                disruptions.addAll(lacking.held(breaker.rollout(pods.steps(), set, observed, memory), deferred));
                deferred.addAll(pods.deferred());
            } else {
                objects.apply(object, observed, why).ifPresent(steps::add);
            }
        }
        back.configuration(wanted.dynamicConfiguration(), wanted.parameters(), observed, why)
                .ifPresent(steps::add);
        steps.addAll(patroniMarks.plan(desired.patroni(), observed, why));
        steps.addAll(eventStreams.plan(desired.eventStreams(), observed, why));
        steps.addAll(objects.deletions(desired, observed));
        steps.addAll(names.refusals());
        if (!desired.awaited().isEmpty()) {
            steps.add(PlannedStep.of(
                    new Step.Await(String.join(" and ", desired.awaited()), MISSING_INPUT),
                    Impact.NONE,
                    Reason.of(Reason.Code.MISSING)));
        }
        // A pod that is made anew starts with all parameters in force, and on a node that stays.
        var kept = back.disruptions(disruptions.isEmpty() ? RestartPlanner.plan(observed) : disruptions, observed);
        boolean isRollout = !disruptions.isEmpty() && !kept.isEmpty();
        var leaving = isRollout ? List.<PlannedStep>of() : drains(wanted, observed);
        steps.addAll(leaving.isEmpty() ? kept : leaving);
        deferred.addAll(back.deferred());
        var all = PoolerPausePlanner.around(steps, wanted.pooler(), observed);
        return new Planned(new Plan(all, deferred), back.held());
    }

    /** Whoever takes a cluster over touches no pod in its first look. */
    private static List<PlannedStep> drains(Wanted wanted, ObservedCluster observed) {
        return wanted.adoption().isFirstSight()
                ? List.of()
                : new DrainPlanner(wanted.rules().readyNodes(), observed).plan();
    }

    /**
     * What decides of a difference whether it is carried out now.
     *
     * @param why what has changed since the last plan
     */
    public record Leave(Adoption adoption, RolloutRules rules, Explanation why) {}

    /** What is to be remembered once the plan has been carried out. */
    public RolloutMemory remember(
            DesiredObjects desired,
            ObservedCluster observed,
            Leave leave,
            Plan plan,
            Execution execution,
            RolloutMemory memory) {
        return statefulSet(desired)
                .filter(asked -> !holdsStill(desired, observed))
                .map(asked -> inForce(asked, observed, leave, new HeldBack(leave.adoption())))
                .map(set -> breaker.remember(set, observed, plan, execution, memory))
                .orElse(memory);
    }

    private StatefulSet inForce(StatefulSet asked, ObservedCluster observed, Leave leave, HeldBack back) {
        return new TemplateInForce(trees, leave.rules(), leave.why().code() != Reason.Code.DRIFT)
                .of(keepingData(asked, observed), observed, leave.adoption(), back);
    }

    /** As wanted, but neither with smaller volumes nor with another folder of theirs. */
    private static StatefulSet keepingData(StatefulSet asked, ObservedCluster observed) {
        return DataDirectory.withoutMoving(VolumePlanner.withoutShrinking(asked, observed), observed);
    }

    /** Whether nothing is done about a cluster because the configuration would give it another identity, or another has its name. */
    public static boolean holdsStill(DesiredObjects desired, ObservedCluster observed) {
        return identity(desired, observed).isPresent() || TakenNames.isAll(desired, observed);
    }

    private static Optional<PlannedStep> identity(DesiredObjects desired, ObservedCluster observed) {
        return statefulSet(desired).flatMap(wanted -> IdentityGuard.refusal(wanted, observed));
    }

    private static Optional<StatefulSet> statefulSet(DesiredObjects desired) {
        return desired.objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst();
    }
}
