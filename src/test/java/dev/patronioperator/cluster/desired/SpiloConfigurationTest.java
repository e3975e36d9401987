package dev.patronioperator.cluster.desired;

import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.MajorVersionUpgradeParameters;
import dev.patronioperator.settings.value.MajorVersionUpgradeMode;

import static org.assertj.core.api.Assertions.assertThat;

class SpiloConfigurationTest {

    @Test
    void optionsOfInitdbFollowOurDefaultsByName() {
        assertThat(render("patroni: {initdb: {auth-host: md5, data-checksums: 'true', locale: C}}\n"))
                .contains(
                        "\"initdb\":[{\"auth-host\":\"md5\"},{\"auth-local\":\"trust\"},\"data-checksums\",{\"locale\":\"C\"}]");
    }

    @Test
    void theLagIsRoundedAsThePeerRoundsIt() {
        assertThat(render("patroni: {maximum_lag_on_failover: 33554433}\n"))
                .contains("\"maximum_lag_on_failover\":33554432");
        assertThat(render("patroni: {maximum_lag_on_failover: 1073741824}\n"))
                .contains("\"maximum_lag_on_failover\":1073741800");
    }

    @Test
    void zeroAndFalseAreLeftToPatroniButForFailsafeMode() {
        assertThat(render("patroni: {ttl: 0, synchronous_mode: false, failsafe_mode: false}\n"))
                .endsWith("\"dcs\":{\"failsafe_mode\":false}}}");
    }

    @Test
    void theFolderOfTheBinariesIsThatOfTheManifestEvenWhereTheOperatorUpgrades() {
        var settings = Settings.defaults()
                .with(GeneralParameters.ENABLE_PGVERSION_ENV_VAR, false)
                .with(MajorVersionUpgradeParameters.MAJOR_VERSION_UPGRADE_MODE, MajorVersionUpgradeMode.FULL)
                .with(MajorVersionUpgradeParameters.MINIMAL_MAJOR_VERSION, 18);

        assertThat(SpiloConfiguration.render(ClusterModel.accept(ClusterManifests.with(""), settings)))
                .contains("/usr/lib/postgresql/17/bin");
    }

    private static String render(String fields) {
        return SpiloConfiguration.render(ClusterModel.accept(ClusterManifests.with(fields), Settings.defaults()));
    }
}
