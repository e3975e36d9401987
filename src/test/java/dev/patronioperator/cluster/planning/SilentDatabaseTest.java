package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DesiredDatabases;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.ObservedDatabases;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.postgres.databases.DatabaseRecord;
import dev.patronioperator.postgres.roles.RoleCatalog;
import dev.patronioperator.postgres.secrets.PasswordEncryption;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/** One database lets nobody look into it. */
class SilentDatabaseTest {

    @Test
    void rolesAndOtherDatabasesGoOnAndItIsNamed() {
        var planned = plan("users: {boss: []}\ndatabases: {shop: boss, other: boss}", "shop");

        assertThat(planned.changes())
                .extracting(change -> change.about().text())
                .contains("role boss", "database other");
        assertThat(planned.obstacles())
                .singleElement()
                .asString()
                .contains("database shop: it cannot be looked into: FATAL: no");
    }

    @Test
    void oneThatNothingIsWantedOfIsLeftToItsOwner() {
        assertThat(plan("users: {}", "theirs").obstacles()).isEmpty();
        assertThat(plan("enableConnectionPooler: true", "theirs").obstacles())
                .singleElement()
                .asString()
                .contains("database theirs: it cannot be looked into");
    }

    private static DatabasePlanner.Planned plan(String manifest, String silent) {
        var model = ClusterModel.accept(ClusterManifests.with(manifest), Settings.defaults());
        var found = new ObservedDatabases(
                new RoleCatalog(Map.of(), PasswordEncryption.SCRAM_SHA_256),
                Map.of(silent, "boss"),
                Set.of(),
                Map.of(silent, "FATAL: no"),
                Map.of(silent, DatabaseRecord.read(Map.of())),
                Map.of(),
                Map.of());
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("boss.acid-test.credentials.postgresql.acid.zalan.do")
                .endMetadata()
                .addToData("username", SecretText.encoded("boss"))
                .addToData("password", SecretText.encoded("secret"))
                .build();
        return DatabasePlanner.plan(
                DesiredDatabases.of(model, HumanRoles.none(model), Map.of(ObjectRef.of(secret), secret)),
                found,
                () -> new byte[16],
                Instant.EPOCH);
    }
}
