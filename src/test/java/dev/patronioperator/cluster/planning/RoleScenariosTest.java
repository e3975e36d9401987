package dev.patronioperator.cluster.planning;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.manifest.infrastructure.InfrastructureCredentials;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.settings.parameters.UsersParameters;
import dev.patronioperator.testkit.EmbeddedServer;
import dev.patronioperator.testkit.RoleDump;

import static org.assertj.core.api.Assertions.assertThat;

/** From manifests, one after the other, to all that a real server then says of the roles. */
@Tag("postgresql")
class RoleScenariosTest {

    /**
     * @param prefix what the names of the roles begin with
     * @param manifests fields of the spec, in the order in which somebody applies them
     */
    private record Scenario(
            String name,
            String prefix,
            UnaryOperator<OperatedDatabase> stage,
            List<String> manifests,
            String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Scenario scenario(String name, String prefix, String expected, String... manifests) {
        return new Scenario(name, prefix, UnaryOperator.identity(), Arrays.asList(manifests), expected);
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                scenario(
                        "flags",
                        "s1_",
                        """
                        GRANT s1_all TO admin ADMIN
                        GRANT s1_group TO admin ADMIN
                        GRANT s1_null TO admin ADMIN
                        CREATE ROLE s1_all SUPERUSER CREATEROLE CREATEDB LOGIN REPLICATION BYPASSRLS
                        CREATE ROLE s1_group INHERIT
                        CREATE ROLE s1_null INHERIT LOGIN
                        """,
                        """
                        users:
                          s1_all: [superuser, CREATEROLE, createdb, noinherit, replication, bypassrls, login]
                          s1_group: [nologin, nosuperuser]
                          s1_null: null
                        """),
                scenario(
                        "what is taken away in the manifest is taken away",
                        "s2_",
                        """
                        GRANT s2_app TO admin ADMIN
                        GRANT s2_gone TO admin ADMIN
                        CREATE ROLE s2_app INHERIT
                        CREATE ROLE s2_gone CREATEDB INHERIT LOGIN
                        """,
                        "users: {s2_app: [superuser, createdb, replication], s2_gone: [createdb]}",
                        "users: {s2_app: [nologin]}"),
                scenario(
                        "limits, expiry and parameters of users and of prepared databases",
                        "s7_",
                        """
                        GRANT s7_app TO admin ADMIN
                        GRANT s7_db_owner TO admin ADMIN
                        CREATE ROLE s7_app INHERIT LOGIN CONNECTION LIMIT 20 VALID UNTIL 2027-03-30 22:30:00
                        ALTER ROLE s7_app SET TimeZone TO Europe/Paris
                        ALTER ROLE s7_app SET auto_explain.log_min_duration TO 1s
                        ALTER ROLE s7_app SET search_path TO s7_shop, "Archive"
                        CREATE ROLE s7_db_owner INHERIT
                        ALTER ROLE s7_db_owner SET search_path TO "$user", data
                        GRANT s7_db_reader TO s7_db_owner ADMIN
                        GRANT s7_db_writer TO s7_db_owner ADMIN
                        CREATE ROLE s7_db_reader INHERIT CONNECTION LIMIT 0
                        ALTER ROLE s7_db_reader SET search_path TO other
                        CREATE ROLE s7_db_writer INHERIT
                        ALTER ROLE s7_db_writer SET search_path TO "$user", data
                        GRANT s7_db_reader TO s7_db_writer
                        """,
                        """
                        users: {s7_app: []}
                        userOptions:
                          s7_app:
                            connectionLimit: 20
                            validUntil: "2027-03-31T00:30:00+02:00"
                            parameters: {timezone: Europe/Paris, Search_Path: 's7_shop, "Archive"', auto_explain.log_min_duration: 1s}
                          s7_db_reader: {connectionLimit: 0, parameters: {Search_Path: other}}
                        preparedDatabases: {s7_db: {schemas: {data: {defaultRoles: false}}}}
                        """),
                scenario(
                        "what leaves userOptions is taken back",
                        "s8_",
                        """
                        GRANT s8_all TO admin ADMIN
                        GRANT s8_some TO admin ADMIN
                        CREATE ROLE s8_all INHERIT LOGIN
                        CREATE ROLE s8_some INHERIT LOGIN CONNECTION LIMIT 30
                        ALTER ROLE s8_some SET jit TO off
                        """,
                        """
                        users: {s8_all: [], s8_some: []}
                        userOptions:
                          s8_all: {connectionLimit: 20, validUntil: "2027-03-31T00:00:00Z", parameters: {TIMEZONE: UTC}}
                          s8_some: {connectionLimit: 20, validUntil: "2027-03-31T00:00:00.123456Z", parameters: {jit: "on", work_mem: 8MB}}
                        """,
                        """
                        users: {s8_all: [], s8_some: []}
                        userOptions:
                          s8_some: {connectionLimit: 30, parameters: {jit: "off"}}
                        """),
                new Scenario(
                        "owners of databases are members of the roles of the configuration",
                        "s3_",
                        database -> database.configured(
                                all -> all.with(UsersParameters.ADDITIONAL_OWNER_ROLES, List.of("s3_cron"))
                                        .with(TeamsParameters.ENABLE_ADMIN_ROLE_FOR_USERS, false)),
                        List.of(
                                """
                                users: {s3_cron: [nologin], s3_first: [], s3_second: []}
                                databases: {s3_shop: s3_first}
                                """,
                                """
                                users: {s3_cron: [nologin], s3_first: [], s3_second: []}
                                databases: {s3_shop: s3_second}
                                """),
                        """
                        CREATE ROLE s3_cron INHERIT
                        CREATE ROLE s3_first INHERIT LOGIN
                        CREATE ROLE s3_second INHERIT LOGIN
                        GRANT s3_cron TO s3_second
                        """),
                scenario(
                        "a prepared database",
                        "s4_",
                        """
                        GRANT s4_db_owner TO admin ADMIN
                        GRANT s4_db_owner_user TO admin ADMIN
                        CREATE ROLE s4_db_data_owner INHERIT
                        ALTER ROLE s4_db_data_owner SET search_path TO "$user", data
                        GRANT s4_db_data_reader TO s4_db_data_owner ADMIN
                        GRANT s4_db_data_writer TO s4_db_data_owner ADMIN
                        CREATE ROLE s4_db_data_reader INHERIT
                        ALTER ROLE s4_db_data_reader SET search_path TO "$user", data
                        CREATE ROLE s4_db_data_writer INHERIT
                        ALTER ROLE s4_db_data_writer SET search_path TO "$user", data
                        GRANT s4_db_data_reader TO s4_db_data_writer
                        CREATE ROLE s4_db_owner INHERIT
                        ALTER ROLE s4_db_owner SET search_path TO "$user", data
                        GRANT s4_db_data_owner TO s4_db_owner ADMIN
                        GRANT s4_db_reader TO s4_db_owner ADMIN
                        GRANT s4_db_reader_user TO s4_db_owner ADMIN
                        GRANT s4_db_writer TO s4_db_owner ADMIN
                        GRANT s4_db_writer_user TO s4_db_owner ADMIN
                        CREATE ROLE s4_db_owner_user INHERIT LOGIN
                        ALTER ROLE s4_db_owner_user SET search_path TO "$user", data
                        GRANT s4_db_owner TO s4_db_owner_user
                        CREATE ROLE s4_db_reader INHERIT
                        ALTER ROLE s4_db_reader SET search_path TO "$user", data
                        CREATE ROLE s4_db_reader_user INHERIT LOGIN
                        ALTER ROLE s4_db_reader_user SET search_path TO "$user", data
                        GRANT s4_db_reader TO s4_db_reader_user
                        CREATE ROLE s4_db_writer INHERIT
                        ALTER ROLE s4_db_writer SET search_path TO "$user", data
                        GRANT s4_db_reader TO s4_db_writer
                        CREATE ROLE s4_db_writer_user INHERIT LOGIN
                        ALTER ROLE s4_db_writer_user SET search_path TO "$user", data
                        GRANT s4_db_writer TO s4_db_writer_user
                        """,
                        "preparedDatabases: {s4_db: {defaultUsers: true}}"),
                new Scenario(
                        "infrastructure roles beat those of the manifest",
                        "s5_",
                        database -> database.with(
                                new InfrastructureCredentials(
                                        "s5_robot",
                                        "its password",
                                        List.of("s5_group"),
                                        List.of("CREATEDB"),
                                        Map.of("statement_timeout", "1min"),
                                        Optional.empty()),
                                new InfrastructureCredentials(
                                        "s5_group", "p", List.of(), List.of("NOLOGIN"), Map.of(), Optional.empty())),
                        List.of("users: {s5_robot: [superuser], s5_other: []}"),
                        """
                        GRANT s5_other TO admin ADMIN
                        CREATE ROLE s5_group INHERIT
                        CREATE ROLE s5_other INHERIT LOGIN
                        CREATE ROLE s5_robot CREATEDB INHERIT LOGIN
                        ALTER ROLE s5_robot SET statement_timeout TO 1min
                        GRANT s5_group TO s5_robot
                        """),
                scenario(
                        "the pooler's role",
                        "s6_",
                        "CREATE ROLE s6_pool INHERIT LOGIN\n",
                        "enableConnectionPooler: true\nconnectionPooler: {user: s6_pool, schema: s6_pooler}",
                        "connectionPooler: {user: s6_pool, schema: s6_pooler}"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void rolesAreAsTheManifestSays(Scenario scenario) {
        var database =
                scenario.stage().apply(new OperatedDatabase(scenario.manifests().getFirst()));
        database.settle();
        scenario.manifests().stream().skip(1).forEach(manifest -> database.wants(manifest)
                .settle());

        assertThat(new RoleDump(EmbeddedServer.shared()).of(scenario.prefix()))
                .containsExactlyElementsOf(scenario.expected().lines().toList());
        assertThat(database.plan().plan().isEmpty())
                .as("a second look changes nothing")
                .isTrue();
    }

    @Test
    void theAdminRoleGrantsNoMoreWhatTheConfigurationNoLongerGivesIt() {
        var robot = infrastructureRole(Optional.of("admin"));
        var database = new OperatedDatabase("users: {s9_app: []}").with(robot).settle();
        assertThat(new RoleDump(EmbeddedServer.shared()).of("s9_"))
                .contains("GRANT s9_app TO admin ADMIN", "GRANT s9_robot TO admin ADMIN");

        database.configured(all -> all.with(TeamsParameters.ENABLE_ADMIN_ROLE_FOR_USERS, false))
                .with(infrastructureRole(Optional.empty()))
                .settle();

        assertThat(new RoleDump(EmbeddedServer.shared()).of("s9_"))
                .containsExactly("CREATE ROLE s9_app INHERIT LOGIN", "CREATE ROLE s9_robot INHERIT LOGIN");
    }

    private static InfrastructureCredentials infrastructureRole(Optional<String> admin) {
        return new InfrastructureCredentials("s9_robot", "its password", List.of(), List.of(), Map.of(), admin);
    }
}
