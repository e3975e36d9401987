package dev.patronioperator.manifest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.PrimaryPooler;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom poolers log in as: pods, lookup function and whoever pauses them have to agree. */
class PoolerChoiceTest {

    /** A manifest cannot make a pooler log in as somebody who has more rights. */
    @ParameterizedTest
    @CsvSource({"mine, mine", "postgres, pooler", "standby, pooler", "admin, pooler", "cron_admin, pooler"})
    void roleThatIsNotForManifestsIsReplacedByTheConfiguredOneEverywhere(String asked, String used) {
        var manifest = ClusterManifests.with("connectionPooler: {user: " + asked + "}");

        var cluster = ClusterModel.accept(manifest, Settings.defaults());

        assertThat(PoolerModel.accept(manifest, Settings.defaults()).user()).isEqualTo(used);
        assertThat(cluster.databases().lookup().user()).isEqualTo(used);
        assertThat(cluster.pooler()).map(PrimaryPooler::user).contains(used);
    }
}
