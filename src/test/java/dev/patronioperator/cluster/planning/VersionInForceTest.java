package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
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
        var model = ClusterModel.accept(ClusterManifests.with(manifest), settings);
        return VersionInForce.of(model, Optional.ofNullable(present), clock.instant());
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
    void aVersionThatGoesBackWaitsToo() {
        assertThat(version(look(FROM_17_TO_18.replace("18", "16"), "17"))).isEqualTo("17");
    }
}
