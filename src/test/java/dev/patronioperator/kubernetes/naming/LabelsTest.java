package dev.patronioperator.kubernetes.naming;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LabelsTest {

    private static final Labels LABELS = new Labels(
            "acid-minimal",
            "acid",
            Map.of("application", "spilo"),
            "cluster-name",
            "spilo-role",
            Map.of("environment", "demo"));

    @Test
    void theSelectorHoldsNothingThatAnEditOfTheManifestCouldChange() {
        assertThat(LABELS.selector()).isEqualTo(Map.of("application", "spilo", "cluster-name", "acid-minimal"));
    }

    @Test
    void theFullSetAddsTeamAndInheritedLabels() {
        assertThat(LABELS.full())
                .isEqualTo(Map.of(
                        "application", "spilo", "cluster-name", "acid-minimal", "team", "acid", "environment", "demo"));
    }

    @Test
    void aRoleIsMarkedWithTheWordsPatroniWrites() {
        assertThat(LABELS.selector(MemberRole.PRIMARY))
                .containsEntry("spilo-role", "master")
                .doesNotContainKey("team");
        assertThat(LABELS.full(MemberRole.REPLICA))
                .containsEntry("spilo-role", "replica")
                .containsEntry("team", "acid");
    }

    @Test
    void poolerAndBackupPodsAreNotTakenForDatabasePods() {
        var database = LABELS.selector().entrySet();

        assertThat(LABELS.poolerFull(MemberRole.PRIMARY).entrySet().containsAll(database))
                .isFalse();
        assertThat(LABELS.backup().entrySet().containsAll(database)).isFalse();
    }

    @Test
    void theTwoPoolersOfAClusterDoNotSelectEachOther() {
        assertThat(LABELS.poolerFull(MemberRole.REPLICA)
                        .entrySet()
                        .containsAll(LABELS.poolerSelector(MemberRole.PRIMARY).entrySet()))
                .isFalse();
        assertThat(LABELS.poolerFull(MemberRole.REPLICA)
                        .entrySet()
                        .containsAll(LABELS.poolerSelector(MemberRole.REPLICA).entrySet()))
                .isTrue();
    }
}
