package dev.patronioperator.fixpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.UsersParameters;
import dev.patronioperator.settings.value.StorageResizeMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a change of the configuration must not do to clusters that run. */
class DangerousChangesTest {

    private static final Settings NOW = Settings.defaults();

    private static ChangedCluster change(Settings after) {
        return new ChangedCluster(WrittenObjects.of(manifest(), NOW), WrittenObjects.of(manifest(), after));
    }

    private static Postgresql manifest() {
        return ClusterManifests.with("users: {app: []}\n");
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                arguments(
                        NOW.with(KubernetesParameters.CLUSTER_LABELS, Map.of("application", "other")),
                        List.of(
                                "configuration.kubernetes.cluster_labels: {\"application\":\"spilo\"} -> {\"application\":\"other\"} (refused)")),
                arguments(
                        NOW.with(KubernetesParameters.CLUSTER_NAME_LABEL, "cluster"),
                        List.of("configuration.kubernetes.cluster_name_label: cluster-name -> cluster (refused)")),
                arguments(
                        NOW.with(KubernetesParameters.POD_ROLE_LABEL, "role"),
                        List.of("configuration.kubernetes.pod_role_label: spilo-role -> role (refused)")),
                arguments(
                        NOW.with(UsersParameters.SUPER_USERNAME, "root"),
                        List.of("configuration.users.super_username: postgres -> root (refused)")),
                arguments(
                        NOW.with(UsersParameters.REPLICATION_USERNAME, "repl"),
                        List.of("configuration.users.replication_username: standby -> repl (refused)")),
                arguments(
                        NOW.with(KubernetesParameters.SECRET_NAME_TEMPLATE, "{username}-{cluster}"),
                        List.of(
                                "configuration.kubernetes.secret_name_template: "
                                        + "{username}.acid-test.credentials.postgresql.acid.zalan.do -> {username}-acid-test (refused)")));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void aRunningClusterKeepsItsIdentityAndNothingElseIsDoneAboutIt(Settings after, List<String> reasons) {
        var plan = change(after).plan();

        assertThat(plan.impact()).isEqualTo(Impact.FORBIDDEN);
        assertThat(plan.steps()).singleElement().satisfies(planned -> {
            assertThat(planned.step()).isInstanceOf(Step.Refuse.class);
            assertThat(planned.reasons()).extracting(Object::toString).isEqualTo(reasons);
        });
        assertThat(plan.changesAnything()).isFalse();
    }

    /** Two budgets on the same pods would keep all of them from being evicted. */
    @Test
    void aBudgetOfAnOlderNameGoesAfterTheNewOneIsThere() {
        var plan = change(NOW.with(KubernetesParameters.PDB_NAME_FORMAT, "new-{cluster}"))
                .plan();

        assertThat(plan.steps().stream().map(PlannedStep::step).map(Step::text))
                .containsExactly(
                        "Apply PodDisruptionBudget new-acid-test", "Delete PodDisruptionBudget postgres-acid-test-pdb");
        assertThat(plan.impact()).isEqualTo(Impact.NONE);
    }

    @Test
    void volumesGrowBySomebodyElsesHandIfTheConfigurationSaysSo() {
        var off = NOW.with(KubernetesParameters.STORAGE_RESIZE_MODE, StorageResizeMode.OFF);
        var there = WrittenObjects.of(EditedManifest.base("spec.volume.size"), off);

        var plan = new ChangedCluster(there, WrittenObjects.of(EditedManifest.edited("spec.volume.size", "20Gi"), off))
                .plan();

        assertThat(plan.steps()).extracting(PlannedStep::step).noneMatch(Step.GrowVolume.class::isInstance);
        assertThat(plan.deferred()).isNotEmpty().allSatisfy(later -> {
            assertThat(later.what()).startsWith("Grow");
            assertThat(later.until()).contains("storage_resize_mode");
        });
    }

    /** The folder of another name is empty: members would start without their data. */
    @ParameterizedTest
    @CsvSource({
        "spec.volume.subPath, other, data -> other",
        "spec.volume.isSubPathExpr, true, data -> data (an expression)"
    })
    void theDataStaysInItsFolder(String field, String value, String difference) {
        var plan = new ChangedCluster(
                        WrittenObjects.of(EditedManifest.base(field), NOW),
                        WrittenObjects.of(EditedManifest.edited(field, value), NOW))
                .plan();

        assertThat(plan.impact()).isEqualTo(Impact.FORBIDDEN);
        assertThat(plan.steps())
                .filteredOn(planned -> planned.step() instanceof Step.Refuse)
                .singleElement()
                .satisfies(planned -> {
                    assertThat(planned.step().text()).contains("another folder");
                    assertThat(planned.reasons())
                            .extracting(Object::toString)
                            .containsExactly("spec.volume.subPath: " + difference + " (refused)");
                });
        assertThat(plan.steps().stream().map(planned -> planned.step().text()))
                .as("what is written is the manifest's record alone")
                .noneMatch(text -> text.contains("StatefulSet") || text.contains("Pod"));
    }

    @Test
    void credentialsOfAUserWhoLeftStay() {
        var plan = new ChangedCluster(
                        WrittenObjects.of(ClusterManifests.with("users: {app: [], left: []}\n"), NOW),
                        WrittenObjects.of(ClusterManifests.with("users: {app: []}\n"), NOW))
                .plan();

        assertThat(plan.steps().stream().map(planned -> planned.step().text()))
                .noneMatch(text -> text.contains("Secret"));
    }

    @Test
    void otherChangesAreNotRefused() {
        assertThat(change(NOW.with(KubernetesParameters.POD_TERMINATE_GRACE_PERIOD, Duration.ofMinutes(1)))
                        .plan()
                        .impact())
                .isEqualTo(Impact.RECREATE);
    }
}
