package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.testkit.world.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/** Another major version waits for a maintenance window. The clock begins on a Thursday, 2026-01-01 at midnight. */
class VersionInForceTest {

    private static final String FROM_17_TO_18 =
            "postgresql: {version: '18'}\nmaintenanceWindows: ['Sat:01:00-04:00', '22:00-23:00']\n";

    private final MutableClock clock = new MutableClock();

    private VersionInForce look(String manifest, String present) {
        return look(manifest, present, Settings.defaults());
    }

    private VersionInForce look(String manifest, String present, Settings settings) {
        return VersionInForce.of(
                ClusterModel.accept(ClusterManifests.with(manifest), settings),
                Optional.ofNullable(present),
                () -> {
                    throw new AssertionError("nobody is asked for the version of the data");
                },
                clock.instant());
    }

    /** From 18 to 17, while the data is something. */
    private VersionInForce back(Known<Integer> data, String windows) {
        var manifest = "postgresql: {version: '17'}\n" + windows;
        return VersionInForce.of(
                ClusterModel.accept(ClusterManifests.with(manifest), Settings.defaults()),
                Optional.of("18"),
                () -> data,
                clock.instant());
    }

    private static String version(VersionInForce version) {
        return version.model().server().version();
    }

    @Test
    void outsideTheWindowThePresentVersionStaysAndItIsSaidUntilWhen() {
        var version = look(FROM_17_TO_18, "17");

        assertThat(version(version)).isEqualTo("17");
        assertThat(PlanText.deferred(Plan.EMPTY.deferring(version.deferred())))
                .containsExactly("deferred: Move from PostgreSQL 17 to 18, until the maintenance window that opens at "
                        + "2026-01-01T22:00:00Z  spec.postgresql.version: 17 -> 18 (manifest)");
    }

    @Test
    void insideTheWindowTheNewVersionIsWanted() {
        clock.advance(Duration.ofHours(22));

        var version = look(FROM_17_TO_18, "17");

        assertThat(version(version)).isEqualTo("18");
        assertThat(version.deferred()).isEmpty();
    }

    @Test
    void whatHasBegunGoesOnWhenTheWindowCloses() {
        clock.advance(Duration.ofHours(22));
        var inside = version(look(FROM_17_TO_18, "17"));
        clock.advance(Duration.ofHours(2));

        var afterwards = look(FROM_17_TO_18, inside);

        assertThat(version(afterwards)).isEqualTo("18");
        assertThat(afterwards.deferred()).isEmpty();
    }

    /** The Zalando operator forgets at its next look that a version waits, and rolls all pods over. */
    @Test
    void itWaitsThroughAnyNumberOfLooks() {
        for (int look = 0; look < 21 * 60; look++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(version(look(FROM_17_TO_18, "17"))).isEqualTo("17");
        }
    }

    @Test
    void nothingWaitsWithoutWindowsOrWithWindowsSwitchedOffOrBeforeThereIsACluster() {
        var off = Settings.defaults().with(GeneralParameters.ENABLE_MAINTENANCE_WINDOWS, false);

        assertThat(List.of(
                        look("postgresql: {version: '18'}\n", "17"),
                        look(FROM_17_TO_18, "17", off),
                        look(FROM_17_TO_18, null)))
                .allSatisfy(version -> {
                    assertThat(version(version)).isEqualTo("18");
                    assertThat(version.deferred()).isEmpty();
                });
    }

    @Test
    void theDataDoesNotGoBack() {
        var version = back(Known.of(18), "");

        assertThat(version(version)).isEqualTo("18");
        assertThat(version.deferred()).isEmpty();
        assertThat(PlanText.text(new Plan(version.refusals())))
                .contains("Refuse to go back to PostgreSQL 17: the data is that of PostgreSQL 18", "FORBIDDEN")
                .contains("spec.postgresql.version: 18 -> 17 (refused)");
    }

    @Test
    void aVersionThatTheDataNeverReachedIsTakenBackWhenItIsTime() {
        assertThat(version(back(Known.of(17), ""))).isEqualTo("17");
        assertThat(version(back(Known.of(16), ""))).isEqualTo("17");

        var later = back(Known.of(17), "maintenanceWindows: ['22:00-23:00']\n");
        assertThat(version(later)).isEqualTo("18");
        assertThat(later.deferred()).singleElement().satisfies(waiting -> assertThat(waiting.until())
                .contains("window"));
    }

    @Test
    void whileNobodySaysOfWhichVersionTheDataIsTheVersionStays() {
        var version = back(Known.unknown("nobody answers"), "");

        assertThat(version(version)).isEqualTo("18");
        assertThat(version.refusals()).isEmpty();
        assertThat(version.deferred()).singleElement().satisfies(waiting -> assertThat(waiting.until())
                .contains("a member says"));
    }
}
