package dev.patronioperator.cluster.model;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.infrastructure.InfrastructureCredentials;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.MajorVersionUpgradeParameters;
import dev.patronioperator.settings.parameters.UsersParameters;
import dev.patronioperator.settings.value.MajorVersionUpgradeMode;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterModelTest {

    private static final Settings SETTINGS = Settings.defaults();

    @Test
    void instancesAreBoundedAndItIsSaid() {
        var model = accept("", SETTINGS.with(GeneralParameters.MIN_INSTANCES, 3));

        assertThat(model.instances().count()).isEqualTo(3);
        assertThat(model.adjustments())
                .containsExactly(new Adjustment("spec.numberOfInstances", "2", "3", "min_instances"));
    }

    @Test
    void anAnnotationExemptsFromTheBounds() {
        var settings = SETTINGS.with(GeneralParameters.MIN_INSTANCES, 3)
                .with(GeneralParameters.IGNORE_INSTANCE_LIMITS_ANNOTATION_KEY, Optional.of("exempt"));

        assertThat(accept("", settings).instances().count()).isEqualTo(2);
    }

    @Test
    void aVersionTheOperatorUpgradesByItselfStandsForTheTarget() {
        var settings = SETTINGS.with(
                        MajorVersionUpgradeParameters.MAJOR_VERSION_UPGRADE_MODE, MajorVersionUpgradeMode.FULL)
                .with(MajorVersionUpgradeParameters.MINIMAL_MAJOR_VERSION, 18)
                .with(MajorVersionUpgradeParameters.TARGET_MAJOR_VERSION, 18);

        assertThat(accept("", settings).server().version()).isEqualTo("18");
        assertThat(accept("", SETTINGS).server().version()).isEqualTo("17");
    }

    @Test
    void variablesOfAStandbyMakeAStandbyToo() {
        assertThat(accept("env: [{name: STANDBY_WALE_S3_PREFIX, value: s3}]\n", SETTINGS)
                        .isStandby())
                .isTrue();
        assertThat(accept("env: [{name: STANDBY_WALE_S3_PREFIX}]\n", SETTINGS).isStandby())
                .isFalse();
    }

    @Test
    void aManifestCannotTakeTheNameOfASystemOrProtectedRole() {
        var users = "users: {postgres: [], standby: [], admin: [], pooler: [], fes_user: [], app: []}\n";

        assertThat(ofTheManifest(accept(users, SETTINGS))).containsExactly("app", "fes_user", "pooler");
        assertThat(ofTheManifest(accept(
                        users
                                + """
                                enableConnectionPooler: true
                                streams: [{applicationId: app, database: shop, tables: {orders: {eventType: e}}}]
                                """,
                        SETTINGS)))
                .as("system roles are there where they are needed")
                .containsExactly("app");
    }

    @Test
    void aUserThatIsLeftOutForAnotherRoleIsSaid() {
        assertThat(accept("users: {postgres: [], admin: [], app: []}\n", SETTINGS)
                        .adjustments())
                .containsExactly(
                        new Adjustment("spec.users", "admin", "left out", "protected_role_names"),
                        new Adjustment("spec.users", "postgres", "left out", "the operator has a role of that name"));
    }

    @Test
    void aPoolerThatLogsInAsAnotherRoleThanAskedIsSaid() {
        var asked = "connectionPooler: {user: %s}\n";

        assertThat(accept(asked.formatted("admin"), SETTINGS).adjustments())
                .singleElement()
                .extracting(Adjustment::field, Adjustment::asked, Adjustment::used)
                .containsExactly("spec.connectionPooler.user", "admin", "pooler");
        assertThat(accept(asked.formatted("mine"), SETTINGS).adjustments()).isEmpty();
        assertThat(accept(asked.formatted("admin") + "enableConnectionPooler: false\n", SETTINGS)
                        .adjustments())
                .isEmpty();
    }

    @Test
    void aStandbyOfSeveralInstancesIsMadeAndItIsSaid() {
        var standby = "standby: {standby_host: db}\n";

        var model = accept(standby, SETTINGS);

        assertThat(model.instances().count()).isEqualTo(2);
        assertThat(model.adjustments()).singleElement().satisfies(said -> assertThat(said.why())
                .contains("standby"));
        assertThat(accept(standby, SETTINGS.with(GeneralParameters.MAX_INSTANCES, 1))
                        .adjustments())
                .containsExactly(new Adjustment("spec.numberOfInstances", "2", "1", "max_instances"));
    }

    private static List<String> ofTheManifest(ClusterModel model) {
        return model.roles().all().stream()
                .filter(role -> role.origin() == RoleOrigin.MANIFEST)
                .map(DatabaseRole::name)
                .toList();
    }

    @Test
    void aCloneWhoseArchiveIsNowhereConfiguredIsSaid() {
        var clone = "clone: {cluster: shop, timestamp: '2026-03-01T12:00:00+00:00'%s}\n";

        assertThat(accept(clone.formatted(""), SETTINGS).adjustments())
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.field()).isEqualTo("spec.clone");
                    assertThat(said.why()).contains("s3_wal_path", "wal_s3_bucket");
                });
        assertThat(accept(clone.formatted(", s3_wal_path: 's3://a/b'"), SETTINGS)
                        .adjustments())
                .isEmpty();
        assertThat(accept(clone.formatted(""), SETTINGS.with(CloudParameters.WAL_GS_BUCKET, Optional.of("wal")))
                        .adjustments())
                .isEmpty();
    }

    @Test
    void ownersBelongToTheAdditionalOwnerRoles() {
        var settings = SETTINGS.with(UsersParameters.ADDITIONAL_OWNER_ROLES, List.of("cdc"));

        var model = accept("users: {app: []}\ndatabases: {db: app}\npreparedDatabases: {shop: {}}\n", settings);

        assertThat(role(model, "app").memberOf()).containsExactly("cdc");
        assertThat(role(model, "shop_owner").memberOf()).containsExactly("cdc");
        assertThat(role(model, "shop_data_reader").memberOf()).isEmpty();
    }

    @Test
    void preparedRolesFormOneChain() {
        var model = accept("preparedDatabases: {shop: {defaultUsers: true, schemas: {data: {}}}}\n", SETTINGS);

        assertThat(role(model, "shop_writer").memberOf()).containsExactly("shop_reader");
        assertThat(role(model, "shop_writer").canLogIn()).isFalse();
        assertThat(role(model, "shop_writer_user").memberOf()).containsExactly("shop_writer");
        assertThat(role(model, "shop_writer_user").canLogIn()).isTrue();
        assertThat(role(model, "shop_owner").parameters()).isEqualTo(Map.of("search_path", "\"$user\", \"data\""));
    }

    @Test
    void anInfrastructureRoleHasTheSamePasswordEverywhere() {
        var role = new InfrastructureCredentials(
                "robot", "secret", List.of("", "monitoring"), List.of(), Map.of(), Optional.empty());

        var model = ClusterModel.accept(ClusterManifests.with(""), SETTINGS, List.of(role));

        assertThat(role(model, "robot").password()).contains("secret");
        assertThat(role(model, "robot").memberOf()).containsExactly("monitoring");
        assertThat(model.toString()).doesNotContain("secret,").doesNotContain("password=secret");
    }

    @Test
    void noInfrastructureRoleTakesTheNameOfARoleOfTheOperatorOrOfOneThatIsProtected() {
        var names = List.of("postgres", "standby", "pool", "fes_user", "admin", "cron_admin", "robot");
        var given = names.stream()
                .map(name -> new InfrastructureCredentials(
                        name, "given", List.of("pg_monitor"), List.of("SUPERUSER"), Map.of(), Optional.empty()))
                .toList();
        var fields = "connectionPooler: {user: pool}\n"
                + "streams: [{applicationId: app, database: db, tables: {t: {eventType: e}}}]\n";

        var model = ClusterModel.accept(ClusterManifests.with(fields), SETTINGS, given);

        assertThat(model.roles().all())
                .filteredOn(role -> role.password().isPresent()
                        || role.memberOf().contains("pg_monitor")
                        || role.flags().contains("SUPERUSER"))
                .extracting(DatabaseRole::name)
                .containsExactly("robot");
    }

    @Test
    void credentialsOfADottedUserGoToItsNamespaceOnlyWhereThatIsAllowed() {
        var across = SETTINGS.with(KubernetesParameters.ENABLE_CROSS_NAMESPACE_SECRET, true);

        assertThat(role(accept("users: {other.app: []}\n", across), "other.app").secretNamespace())
                .isEqualTo("other");
        assertThat(role(accept("users: {other.app: []}\n", SETTINGS), "other.app")
                        .secretNamespace())
                .isEqualTo("ns");
    }

    @Test
    void aWindowIsOpenToItsLastMinuteAndTheNextOneIsKnown() {
        var windows = accept("maintenanceWindows: ['01:00-02:00', 'Sat:10:00-11:00']\n", SETTINGS)
                .maintenance();
        var friday = ZonedDateTime.parse("2026-11-27T02:00:59Z");

        assertThat(windows.areOpen(friday)).isTrue();
        assertThat(windows.areOpen(friday.plusMinutes(1))).isFalse();
        assertThat(windows.nextOpening(friday)).contains(ZonedDateTime.parse("2026-11-28T01:00Z"));
        assertThat(windows.nextOpening(friday.plusDays(1))).contains(ZonedDateTime.parse("2026-11-28T10:00Z"));
    }

    @Test
    void withoutWindowsItIsAlwaysTime() {
        var windows = accept("", SETTINGS).maintenance();

        assertThat(windows.areOpen(ZonedDateTime.parse("2026-11-27T02:00Z"))).isTrue();
        assertThat(windows.nextOpening(ZonedDateTime.parse("2026-11-27T02:00Z")))
                .isEmpty();
    }

    @Test
    void fieldsOfV1StillCountWhereTheirSuccessorsAreSilent() {
        var model = accept("pod_priority_class_name: old\ninit_containers: [{name: i, image: i:1}]\n", SETTINGS);

        assertThat(model.pod().priorityClass()).contains("old");
        assertThat(model.pod().initContainers()).hasSize(1);
    }

    @Test
    void eventStreamsNeedLogicalDecodingWhateverTheManifestSays() {
        var fields = "postgresql: {version: '17', parameters: {wal_level: replica}}\n"
                + "streams: [{applicationId: a, database: d, tables: {t: {eventType: e}}}]\n";

        var server = accept(fields, SETTINGS).server();

        assertThat(server.runtimeParameters()).containsEntry("wal_level", "logical");
        assertThat(server.dynamicParameters()).containsEntry("wal_level", "replica");
    }

    @Test
    void anExpressionThatIsNoneDoesNotSpoilTheOthers() {
        var settings = SETTINGS.with(KubernetesParameters.DOWNSCALER_ANNOTATIONS, List.of("(", "ex.*"));

        assertThat(accept("", settings).identity().downscalerAnnotations()).containsOnlyKeys("exempt");
    }

    /** Validation comes before; what slips past it must not stop the operator from looking after the cluster. */
    @Test
    void evenAnEmptyManifestIsReadAndRendered() {
        var manifest = new KubernetesSerialization()
                .unmarshal("metadata: {name: c, namespace: ns}\nspec: {}\n", Postgresql.class);

        var model = ClusterModel.accept(manifest, SETTINGS);

        assertThat(DesiredObjects.render(model, ExternalInputs.NONE).objects()).isNotEmpty();
    }

    private static ClusterModel accept(String fields, Settings settings) {
        return ClusterModel.accept(ClusterManifests.with(fields), settings);
    }

    private static DatabaseRole role(ClusterModel model, String name) {
        return model.roles().all().stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
