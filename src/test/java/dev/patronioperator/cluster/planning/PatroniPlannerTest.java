package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DynamicConfigPatch;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.testkit.ReadyMember;

import static org.assertj.core.api.Assertions.assertThat;

class PatroniPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Explanation EDITED = new Explanation(true, false, false);
    private static final ParameterCatalogue POSTGRES_17 = ParameterCatalogue.of("17");
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));

    private static ObservedCluster cluster(String configuration, ObservedInstance... instances) {
        var dcs = new Dcs(
                PATRONI.leader(Map.of("leader", "x-0", "ttl", "30", "renewTime", NOW.toString())),
                PATRONI.config(configuration == null ? Map.of() : Map.of("initialize", "1", "config", configuration)),
                PATRONI.sync(Map.of()),
                Known.of(NOW.minusSeconds(60)));
        return new ObservedCluster(Map.of(), List.of(instances), List.of(), Known.unknown("not installed"), dcs, NOW);
    }

    private static ObservedInstance member(int ordinal, String pending) {
        var role = ordinal == 0 ? "primary" : "replica";
        return ReadyMember.of(
                "x-" + ordinal, ordinal, "{\"state\":\"running\",\"role\":\"" + role + "\"" + pending + "}");
    }

    private static String pending(String setting, int before, int after) {
        return ",\"pending_restart\":true,\"pending_restart_reason\":{\"" + setting + "\":{\"old_value\":\"" + before
                + "\",\"new_value\":\"" + after + "\"}}";
    }

    private static Map<String, Object> parameters(Map<String, Object> parameters) {
        return Map.of("postgresql", Map.of("parameters", parameters));
    }

    @Test
    void aParameterThatIsReadAtStartIsAnnouncedAsARestart() {
        var present = "{\"postgresql\":{\"parameters\":{\"max_connections\":100,\"work_mem\":\"4MB\"}}}";

        var restart = PatroniPlanner.configuration(
                parameters(Map.of("max_connections", "200", "work_mem", "4MB")), POSTGRES_17, cluster(present), EDITED);
        var reload = PatroniPlanner.configuration(
                parameters(Map.of("max_connections", "100", "work_mem", "8MB")), POSTGRES_17, cluster(present), EDITED);

        assertThat(restart).map(PlannedStep::impact).contains(Impact.RESTART);
        assertThat(restart.orElseThrow().reasons())
                .extracting(Object::toString)
                .containsExactly("patroni.postgresql.parameters.max_connections: 100 -> 200 (manifest)");
        assertThat(reload).map(PlannedStep::impact).contains(Impact.RELOAD);
    }

    @Test
    void whetherAParameterRestartsIsAQuestionOfTheMajorVersion() {
        var wanted = parameters(Map.of("autovacuum_max_workers", "5"));

        assertThat(PatroniPlanner.configuration(wanted, POSTGRES_17, cluster("{}"), EDITED))
                .map(PlannedStep::impact)
                .contains(Impact.RESTART);
        assertThat(PatroniPlanner.configuration(wanted, ParameterCatalogue.of("18"), cluster("{}"), EDITED))
                .map(PlannedStep::impact)
                .contains(Impact.RELOAD);
    }

    @Test
    void onlyWhatDiffersIsSent() {
        var wanted = new HashMap<String, Object>(parameters(Map.of("work_mem", "8MB", "wal_keep_size", "1GB")));
        wanted.put("ttl", 30);
        wanted.put("synchronous_mode", null);

        var step = PatroniPlanner.configuration(
                        wanted,
                        POSTGRES_17,
                        cluster(
                                "{\"ttl\":30,\"synchronous_mode\":false,\"postgresql\":{\"parameters\":{\"work_mem\":\"4MB\","
                                        + "\"wal_keep_size\":\"1GB\",\"made_by_hand\":\"stays\"}}}"),
                        EDITED)
                .orElseThrow();

        assertThat(step.step()).isEqualTo(new Step.PatchDcs(parameters(Map.of("work_mem", "8MB"))));
    }

    private static ClusterModel model(String fields) {
        return ClusterModel.accept(ClusterManifests.with(fields), Settings.defaults());
    }

    private static final String STANDBY_IN_PATRONI =
            "{\"standby_cluster\":{\"host\":\"old\",\"port\":\"5432\",\"create_replica_methods\":[\"basebackup_fast_xlog\"]}}";

    private static Optional<PlannedStep> standby(String fields, String... earlier) {
        return PatroniPlanner.configuration(
                DynamicConfigPatch.of(
                        model(fields),
                        Stream.of(earlier).map(PatroniPlannerTest::model).toList()),
                POSTGRES_17,
                cluster(STANDBY_IN_PATRONI),
                EDITED);
    }

    /** Also by an operator that was not there when the section was taken out. */
    @Test
    void aStandbyIsPromotedWhenItsSectionLeavesTheManifest() {
        var patch = new HashMap<String, Object>();
        patch.put("standby_cluster", null);

        assertThat(standby("", "standby: {standby_host: old}\n"))
                .map(PlannedStep::step)
                .contains(new Step.PatchDcs(patch));
        assertThat(standby("", "")).as("somebody's own standby").isEmpty();
    }

    @Test
    void aStandbyThatFollowsAnotherPrimaryIsToldSo() {
        var section = Map.<String, Object>of(
                "standby_cluster",
                Map.of(
                        "host",
                        "new",
                        "port",
                        "5433",
                        "create_replica_methods",
                        List.of("bootstrap_standby_with_wale", "basebackup_fast_xlog")));

        assertThat(standby(
                        "standby: {standby_host: new, standby_port: '5433'}\n",
                        "standby: {standby_host: old, standby_port: '5432'}\n"))
                .map(PlannedStep::step)
                .contains(new Step.PatchDcs(section));
    }

    @Test
    void whatTheImageMadeOfTheSectionStays() {
        var section = "standby: {standby_host: old, standby_port: '5432'}\n";

        assertThat(standby(section)).isEmpty();
        assertThat(standby(section, section)).isEmpty();
    }

    @Test
    void aClusterThatWasNoStandbyIsNotMadeOne() {
        assertThat(DynamicConfigPatch.of(model("standby: {standby_host: other}\n"), List.of(model(""))))
                .doesNotContainKey("standby_cluster");
    }

    @Test
    void whatAnEarlierManifestGaveIsTakenAway() {
        var wanted = new HashMap<String, Object>();
        wanted.put("work_mem", null);

        var step = PatroniPlanner.configuration(
                        parameters(wanted),
                        POSTGRES_17,
                        cluster("{\"postgresql\":{\"parameters\":{\"work_mem\":\"4MB\"}}}"),
                        EDITED)
                .orElseThrow();

        assertThat(((Step.PatchDcs) step.step()).patch()).isEqualTo(parameters(wanted));
        assertThat(PatroniPlanner.configuration(parameters(wanted), POSTGRES_17, cluster("{}"), EDITED))
                .isEmpty();
    }

    /** The server would not start: "logical replication slot exists, but wal_level < logical". */
    @Test
    void theWalLevelStaysWhileThereAreSlotsThatNeedIt() {
        var slots = "\"slots\":{\"s\":{\"type\":\"logical\",\"database\":\"d\",\"plugin\":\"pgoutput\"}}";
        var level = "\"postgresql\":{\"parameters\":{\"wal_level\":\"logical\"}}";
        var wanted = parameters(Map.of("wal_level", "replica"));

        var held = new HeldBack(Adoption.NONE);
        assertThat(held.configuration(wanted, POSTGRES_17, cluster("{" + slots + "," + level + "}"), EDITED))
                .isEmpty();
        assertThat(held.deferred())
                .extracting(Deferred::what)
                .containsExactly("Patch Patroni configuration: wal_level");

        assertThat(new HeldBack(Adoption.NONE).configuration(wanted, POSTGRES_17, cluster("{" + level + "}"), EDITED))
                .isPresent();
    }

    @Test
    void theWalLevelOfStreamsStaysWhenTheyGo() {
        var before = model("streams: [{applicationId: a, database: d, tables: {t: {eventType: e}}}]");
        var now = model("postgresql: {version: '17', parameters: {work_mem: 8MB}}");

        assertThat(DynamicConfigPatch.of(now, List.of(before)).get("postgresql"))
                .isEqualTo(Map.of("parameters", Map.of("work_mem", "8MB")));
    }

    @Test
    void beforeTheBootstrapThereIsNothingToPatch() {
        assertThat(PatroniPlanner.configuration(
                        parameters(Map.of("work_mem", "8MB")), POSTGRES_17, cluster(null), EDITED))
                .isEmpty();
    }

    @Test
    void replicasRestartBeforeThePrimary() {
        var observed = cluster(
                "{}",
                member(0, pending("max_connections", 100, 200)),
                member(1, pending("max_connections", 100, 200)),
                member(2, ""));

        assertThat(RestartPlanner.plan(observed))
                .extracting(s -> s.step().text())
                .containsExactly("Restart PostgreSQL on x-1", "Restart PostgreSQL on x-0");
    }

    @Test
    void thePrimaryRestartsFirstWhenMaxConnectionsShrinks() {
        var observed = cluster(
                "{}", member(0, pending("max_connections", 200, 100)), member(1, pending("max_connections", 200, 100)));

        assertThat(RestartPlanner.plan(observed))
                .extracting(s -> s.step().text())
                .containsExactly("Restart PostgreSQL on x-0", "Restart PostgreSQL on x-1");
    }
}
