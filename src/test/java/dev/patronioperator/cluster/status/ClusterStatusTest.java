package dev.patronioperator.cluster.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RemovedRoleStatus;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.cluster.observe.StreamsLook;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.roles.RemovedRole;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.sql.Obstacle;
import dev.patronioperator.teams.TeamMember;
import dev.patronioperator.teams.TeamMembers;
import dev.patronioperator.testkit.ReadyMember;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterStatusTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));

    private static Pod pod(String name, String waitingReason, String message) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("postgres")
                .withImage("registry.example/spilo:1")
                .withNewState()
                .withNewWaiting()
                .withReason(waitingReason)
                .withMessage(message)
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static ObservedInstance up(String name, int ordinal, String role) {
        return ReadyMember.of(
                name,
                ordinal,
                "{\"state\":\"running\",\"role\":\"" + role + "\",\"timeline\":1,\"xlog_location\":100}");
    }

    private static ObservedInstance instance(Pod pod, int ordinal) {
        return new ObservedInstance(
                pod, ordinal, PATRONI.podStatus(pod.getMetadata().getAnnotations()), Optional.empty());
    }

    private static ObservedCluster cluster(
            String leader, Instant renewed, List<PersistentVolumeClaim> claims, ObservedInstance... instances) {
        var dcs = new Dcs(
                PATRONI.leader(
                        leader == null
                                ? Map.of()
                                : Map.of("leader", leader, "ttl", "30", "renewTime", renewed.toString())),
                PATRONI.config(leader == null ? Map.of() : Map.of("initialize", "1", "config", "{}")),
                PATRONI.sync(Map.of()),
                Known.of(NOW.minusSeconds(60)));
        return new ObservedCluster(Map.of(), List.of(instances), claims, Known.unknown("not installed"), dcs, NOW);
    }

    private static PostgresqlStatus status(Known<ObservedCluster> observed, int wanted, PostgresqlStatus before) {
        return ClusterStatusBuilder.build(new Situation(
                Optional.ofNullable(before),
                7,
                List.of(),
                true,
                new Situation.Wanted(wanted, false),
                observed,
                Plan.EMPTY,
                Execution.NOTHING,
                new DatabaseLook.NotOurs(),
                Optional.empty(),
                List.of(),
                new PlannedWith("c", "v"),
                NOW));
    }

    private static Condition condition(PostgresqlStatus status, ClusterCondition condition) {
        return Conditions.find(status.conditions(), condition.type()).orElseThrow();
    }

    @Test
    void aClusterWithAWritablePrimaryIsReadyAndRunning() {
        var status = status(
                Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"), up("x-1", 1, "replica"))), 2, null);

        assertThat(status.postgresClusterStatus()).isEqualTo("Running");
        assertThat(condition(status, ClusterCondition.READY).getStatus()).isEqualTo("True");
        assertThat(condition(status, ClusterCondition.DEGRADED).getStatus()).isEqualTo("False");
        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.instances())
                .extracting(i -> i.name() + " " + i.role())
                .containsExactly("x-0 leader", "x-1 replica");
    }

    @Test
    void aLeaderKeyThatRanOutMakesNobodyReady() {
        var running = status(Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))), 1, null);

        var status = status(
                Known.of(cluster("x-0", NOW.minus(Duration.ofSeconds(31)), List.of(), up("x-0", 0, "primary"))),
                1,
                running);

        assertThat(condition(status, ClusterCondition.READY).getStatus()).isEqualTo("False");
        assertThat(condition(status, ClusterCondition.READY).getReason()).isEqualTo("NoPrimary");
        assertThat(condition(status, ClusterCondition.READY).getMessage()).contains("x-0", "patronictl list");
    }

    @Test
    void anImageThatCannotBePulledIsNamedWithObjectCauseAndNextAction() {
        var status = status(
                Known.of(
                        cluster(null, NOW, List.of(), instance(pod("x-0", "ImagePullBackOff", "manifest unknown"), 0))),
                1,
                null);

        var ready = condition(status, ClusterCondition.READY);
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo("ImageNotPulled");
        assertThat(ready.getMessage())
                .contains("Pod x-0", "manifest unknown", "registry.example/spilo:1", "Check the name");
        assertThat(status.postgresClusterStatus()).isEqualTo("CreateFailed");
    }

    @Test
    void anUnschedulablePodAndItsUnboundClaimAreBothTold() {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("x-0")
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/1 nodes are available: 1 Insufficient memory")
                .endCondition()
                .endStatus()
                .build();
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("pgdata-x-0")
                .endMetadata()
                .withNewSpec()
                .withStorageClassName("fast")
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();

        var ready = condition(
                status(Known.of(cluster(null, NOW, List.of(claim), instance(pod, 0))), 1, null),
                ClusterCondition.READY);

        assertThat(ready.getMessage())
                .contains("Pod x-0", "Insufficient memory", "PersistentVolumeClaim pgdata-x-0", "storage class fast");
    }

    /** A scheduler that is late may say of a pod what was true before it got its node. */
    @Test
    void aPodThatHasANodeWasScheduled() {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("x-0")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("SchedulerError")
                .endCondition()
                .endStatus()
                .build();

        var status = status(Known.of(cluster(null, NOW, List.of(), instance(pod, 0))), 1, null);

        assertThat(condition(status, ClusterCondition.DEGRADED).getStatus()).isEqualTo("False");
    }

    @Test
    void aClaimThatHasJustBeenMadeIsNoTroubleYet() {
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("pgdata-x-0")
                .withCreationTimestamp(NOW.minusSeconds(1).toString())
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();

        var status = status(Known.of(cluster(null, NOW, List.of(claim))), 1, null);

        assertThat(condition(status, ClusterCondition.READY).getReason()).isEqualTo("Creating");
        assertThat(condition(status, ClusterCondition.DEGRADED).getStatus()).isEqualTo("False");
    }

    @Test
    void theClaimOfAReadyPodIsNoTrouble() {
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("pgdata-x-0")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("x-0")
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();

        var status = status(Known.of(cluster(null, NOW, List.of(claim), instance(pod, 0))), 1, null);

        assertThat(condition(status, ClusterCondition.DEGRADED).getStatus()).isEqualTo("False");
    }

    @Test
    void whatCannotBeReadIsUnknownAndKeepsTheOldWord() {
        var before = status(Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))), 1, null);

        var status = status(Known.unknown("the list of pods cannot be read"), 1, before);

        assertThat(condition(status, ClusterCondition.READY).getStatus()).isEqualTo("Unknown");
        assertThat(status.postgresClusterStatus()).isEqualTo("Running");
        assertThat(status.instances()).isEqualTo(before.instances());
    }

    @Test
    void theSameSituationGivesTheSameStatusSoThatNothingIsWritten() {
        var observed = Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary")));
        var first = status(observed, 1, null);

        assertThat(status(observed, 1, first)).isEqualTo(first);
    }

    @Test
    void whatTheManifestDoesNotGetAsAskedStandsBesideItsAcceptance() {
        var asked = new Adjustment("spec.numberOfInstances", "3", "1", "a standby cluster has one instance");
        var status = ClusterStatusBuilder.build(new Situation(
                Optional.empty(),
                1,
                List.of(),
                true,
                new Situation.Wanted(1, true, List.of(), List.of(asked)),
                Known.unknown("not looked at"),
                Plan.EMPTY,
                Execution.NOTHING,
                new DatabaseLook.NotOurs(),
                Optional.empty(),
                List.of(),
                new PlannedWith("configuration", "version"),
                NOW));

        assertThat(Conditions.find(status.conditions(), "SpecAccepted"))
                .hasValueSatisfying(accepted -> assertThat(accepted.getMessage())
                        .endsWith("\nspec.numberOfInstances: 3 -> 1 (a standby cluster has one instance)"));
    }

    @Test
    void deprecatedFieldsAreAConditionWhileTheyAreUsed() {
        var old = "spec.useLoadBalancer is deprecated: write spec.enableMasterLoadBalancer";

        var status = ClusterStatusBuilder.build(new Situation(
                Optional.empty(),
                7,
                List.of(),
                true,
                new Situation.Wanted(1, false, List.of(old)),
                Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))),
                Plan.EMPTY,
                Execution.NOTHING,
                new DatabaseLook.NotOurs(),
                Optional.empty(),
                List.of(),
                new PlannedWith("c", "v"),
                NOW));

        assertThat(condition(status, ClusterCondition.DEPRECATED_FIELDS).getMessage())
                .isEqualTo(old);
        assertThat(status.postgresClusterStatus()).isEqualTo("Running");
        assertThat(status(Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))), 1, status)
                        .conditions())
                .extracting(Condition::getType)
                .doesNotContain("DeprecatedFields");
    }

    @Test
    void aBadEditListsAllProblemsAndLeavesTheGenerationUnobserved() {
        var running = status(Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))), 1, null);

        var status = ClusterStatusBuilder.build(new Situation(
                Optional.of(running),
                8,
                List.of("spec.volume.size: 100K is no quantity", "spec.users.Bad: no name for a role"),
                true,
                new Situation.Wanted(1, false),
                Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))),
                Plan.EMPTY,
                Execution.NOTHING,
                new DatabaseLook.NotOurs(),
                Optional.empty(),
                List.of(),
                new PlannedWith("c", "v"),
                NOW));

        assertThat(condition(status, ClusterCondition.SPEC_ACCEPTED).getStatus())
                .isEqualTo("False");
        assertThat(condition(status, ClusterCondition.SPEC_ACCEPTED).getMessage())
                .contains("spec.volume.size", "spec.users.Bad", "last accepted manifest stays in force");
        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.postgresClusterStatus()).isEqualTo("UpdateFailed");
        assertThat(condition(status, ClusterCondition.READY).getStatus()).isEqualTo("True");
    }

    @Test
    void aReplicaThatIsMissingDegradesAClusterThatStaysReady() {
        var running = status(
                Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"), up("x-1", 1, "replica"))), 2, null);

        var status = status(Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))), 2, running);

        assertThat(condition(status, ClusterCondition.READY).getStatus()).isEqualTo("True");
        assertThat(condition(status, ClusterCondition.DEGRADED).getReason()).isEqualTo("InstancesMissing");
        assertThat(condition(status, ClusterCondition.DEGRADED).getMessage()).contains("1 of 2");
    }

    /** Of a cluster of one that runs, and has this step planned. */
    private static PostgresqlStatus statusOf(PlannedStep step) {
        return ClusterStatusBuilder.build(new Situation(
                Optional.empty(),
                7,
                List.of(),
                true,
                new Situation.Wanted(1, false),
                Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))),
                new Plan(List.of(step)),
                Execution.NOTHING,
                new DatabaseLook.NotOurs(),
                Optional.empty(),
                List.of(),
                new PlannedWith("c", "v"),
                NOW));
    }

    @Test
    void aNameThatAnotherHasIsToldWithWhatCanBeDone() {
        var taken = Reason.of(Reason.Code.NAME_TAKEN, "it belongs to Deployment shop");

        var status = statusOf(PlannedStep.of(new Step.Refuse("take over Service x"), Impact.FORBIDDEN, taken));

        var degraded = condition(status, ClusterCondition.DEGRADED);
        assertThat(degraded.getStatus()).isEqualTo("True");
        assertThat(degraded.getReason()).isEqualTo("NameTaken");
        assertThat(degraded.getMessage())
                .contains("take over Service x", "it belongs to Deployment shop", "Rename or delete it");
    }

    @Test
    void aFieldThatFlapsIsToldWithValuesAndWriter() {
        var flapping = new Reason(
                Reason.Code.FLAPPING,
                Optional.of(FieldPath.of("spec.template.spec.priority")),
                "theirs",
                "ours",
                List.of("image-updater"));
        var status = statusOf(PlannedStep.of(new Step.Refuse("make x-1 anew"), Impact.FORBIDDEN, flapping));

        var degraded = condition(status, ClusterCondition.DEGRADED);
        assertThat(degraded.getStatus()).isEqualTo("True");
        assertThat(degraded.getReason()).isEqualTo("FlappingField");
        assertThat(degraded.getMessage())
                .contains("spec.template.spec.priority: theirs -> ours", "written by image-updater");
        assertThat(status.postgresClusterStatus()).as("it runs all the same").isEqualTo("Running");
    }

    // Teams and what is no longer wanted

    private static PostgresqlStatus status(DatabaseLook look, TeamMembers members, PostgresqlStatus before) {
        var model = ClusterModel.accept(ClusterManifests.with("users: {app: []}"), Settings.defaults());
        return status(look, Optional.of(HumanRoles.of(model, members)), before);
    }

    private static PostgresqlStatus status(DatabaseLook look, Optional<HumanRoles> people, PostgresqlStatus before) {
        return ClusterStatusBuilder.build(new Situation(
                Optional.ofNullable(before),
                7,
                List.of(),
                true,
                new Situation.Wanted(1, false),
                Known.of(cluster("x-0", NOW, List.of(), up("x-0", 0, "primary"))),
                Plan.EMPTY,
                Execution.NOTHING,
                look,
                people,
                List.of(),
                new PlannedWith("c", "v"),
                NOW));
    }

    private static DatabaseLook seen(RemovedRole... removed) {
        return new DatabaseLook.Seen(
                "m",
                null,
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                List.of(removed),
                List.of(),
                StreamsLook.NONE,
                List.of());
    }

    @Test
    void aDatabaseThatIsSilentIsToldOnceSomethingElseIsWantedOfIt() {
        var right = status(seen(), TeamMembers.NOT_ASKED, null);

        var moment = status(new DatabaseLook.Silent("m", "no route to host"), TeamMembers.NOT_ASKED, right);
        assertThat(condition(moment, ClusterCondition.READY).getStatus()).isEqualTo("True");

        var ready = condition(
                status(new DatabaseLook.Silent("another", "no route to host"), TeamMembers.NOT_ASKED, moment),
                ClusterCondition.READY);
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getMessage()).contains("no route to host");
    }

    @Test
    void whoIsTurnedAwayIsToldInTheServersWords() {
        var hba = "FATAL: no pg_hba.conf entry for host \"10.0.0.1\", user \"postgres\"";
        var right = status(seen(), TeamMembers.NOT_ASKED, null);

        var ready = condition(
                status(new DatabaseLook.TurnedAway(hba), TeamMembers.NOT_ASKED, right), ClusterCondition.READY);

        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo("DatabaseSilent");
        assertThat(ready.getMessage()).contains(hba);
    }

    @Test
    void whatCannotBeChangedInsideIsNamedWithWhatToDo() {
        var obstacle = new Obstacle("publication fes_a_b in a", "belongs to role joe", "Drop it");

        var ready = condition(
                status(streams(StreamsLook.NONE, obstacle), TeamMembers.NOT_ASKED, null), ClusterCondition.READY);

        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getMessage())
                .contains(
                        "not everything inside is as the manifest says", "fes_a_b in a: belongs to role joe. Drop it");
    }

    @Test
    void streamsThatAreOnTheirWayAreNamed() {
        var coming = new StreamsLook(Set.of("fes_a_b"), Set.of("fes_a_b"), Set.of(), Set.of("fes_a_old"));

        var ready = condition(status(streams(coming), TeamMembers.NOT_ASKED, null), ClusterCondition.READY);

        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getMessage())
                .contains("event streams wait for replication slots to come or to go: fes_a_b, fes_a_old");
    }

    private static DatabaseLook streams(StreamsLook streams, Obstacle... obstacles) {
        return new DatabaseLook.Seen(
                "m", null, List.of(), List.of(), Set.of(), Set.of(), List.of(), List.of(), streams, List.of(obstacles));
    }

    @Test
    void teamsThatAreSilentAreToldAndKeepNothingFromBeingReady() {
        var members = new TeamMembers(
                true,
                List.of(new TeamMember("anna", false)),
                false,
                List.of("team acid: nothing within 5 s"),
                List.of());

        var status = status(seen(), members, null);

        assertThat(condition(status, ClusterCondition.TEAM_MEMBERS_KNOWN).getStatus())
                .isEqualTo("False");
        assertThat(condition(status, ClusterCondition.TEAM_MEMBERS_KNOWN).getReason())
                .isEqualTo("TeamsSilent");
        assertThat(condition(status, ClusterCondition.TEAM_MEMBERS_KNOWN).getMessage())
                .contains("team acid: nothing within 5 s", "keeps it");
        assertThat(condition(status, ClusterCondition.READY).getStatus()).isEqualTo("True");
    }

    @Test
    void membersWithoutARoleAreNamed() {
        var members = new TeamMembers(
                true,
                List.of(new TeamMember("anna", false), new TeamMember("app", true), new TeamMember("postgres", true)),
                true,
                List.of(),
                List.of("a member of team acid \"none\": PostgreSQL keeps names like this for itself"));

        var told = condition(status(seen(), members, null), ClusterCondition.TEAM_MEMBERS_KNOWN);

        assertThat(told.getStatus()).isEqualTo("True");
        assertThat(told.getMessage())
                .contains("1 members of teams have a role", "\"none\"", "which stay as they are: app, postgres");
    }

    @Test
    void whereTeamsAreNotLookedAtNothingIsSaidOfThem() {
        var status = status(seen(), TeamMembers.NOT_ASKED, null);

        assertThat(Conditions.find(status.conditions(), ClusterCondition.TEAM_MEMBERS_KNOWN.type()))
                .isEmpty();
    }

    @Test
    void whatWasSaidOfTeamsStaysWhileClientsOfThePoolerComeFirst() {
        var members = new TeamMembers(true, List.of(), false, List.of("team acid: silent"), List.of());
        var before = status(seen(), members, null);

        var status = status(new DatabaseLook.NotYet("clients of the pooler"), Optional.empty(), before);

        assertThat(condition(status, ClusterCondition.TEAM_MEMBERS_KNOWN))
                .isEqualTo(condition(before, ClusterCondition.TEAM_MEMBERS_KNOWN));
        assertThat(status.database()).isEqualTo(before.database());
    }

    @Test
    void rolesThatNothingAsksForAreListedUntilALookFindsThemGone() {
        var listed = List.of(new RemovedRoleStatus("old", "manifest"));
        var first = status(seen(new RemovedRole("old", "manifest")), TeamMembers.NOT_ASKED, null);
        assertThat(first.database().removedRoles()).isEqualTo(listed);

        var later = status(new DatabaseLook.AsBefore("m"), TeamMembers.NOT_ASKED, first);
        assertThat(later.database().removedRoles()).isEqualTo(listed);

        assertThat(status(seen(), TeamMembers.NOT_ASKED, later).database().removedRoles())
                .isNull();
    }
}
