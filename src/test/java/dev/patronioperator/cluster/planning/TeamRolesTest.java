package dev.patronioperator.cluster.planning;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.postgres.roles.RemovedRole;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.teams.TeamMember;
import dev.patronioperator.teams.TeamMembers;
import dev.patronioperator.testkit.EmbeddedServer;
import dev.patronioperator.testkit.RoleDump;

import static org.assertj.core.api.Assertions.assertThat;

/** On a real server: who is in the teams has a role, who leaves has one that lets nobody in, and nobody else's role is touched. */
class TeamRolesTest {

    private static final String ADMIN = "GRANT admin TO ";
    private static final String PAM = "GRANT zalandos TO ";

    private final EmbeddedServer server = EmbeddedServer.shared();

    @BeforeEach
    void whatComesWithTheImage() {
        if (id("zalandos").equals("none")) {
            run("CREATE ROLE zalandos");
        }
    }

    // What the teams say, and the roles that come of it

    static Stream<Arguments> members() {
        return Stream.of(
                Arguments.of(
                        "a member",
                        List.of(),
                        List.of(new TeamMember("t1_anna", false)),
                        List.of(
                                "CREATE ROLE t1_anna INHERIT LOGIN",
                                "ALTER ROLE t1_anna SET log_statement TO all",
                                ADMIN + "t1_anna",
                                PAM + "t1_anna")),
                Arguments.of(
                        "a superuser administers anyway",
                        List.of(),
                        List.of(new TeamMember("t2_anna", true)),
                        List.of(
                                "CREATE ROLE t2_anna SUPERUSER INHERIT LOGIN",
                                "ALTER ROLE t2_anna SET log_statement TO all",
                                PAM + "t2_anna")),
                Arguments.of(
                        "no role for PAM, none for administration",
                        List.of(
                                given(TeamsParameters.PAM_ROLE_NAME, ""),
                                given(TeamsParameters.TEAM_ADMIN_ROLE, ""),
                                given(TeamsParameters.TEAM_API_ROLE_CONFIGURATION, Map.of())),
                        List.of(new TeamMember("t3_anna", false)),
                        List.of("CREATE ROLE t3_anna INHERIT LOGIN")),
                Arguments.of(
                        "other parameters",
                        List.of(given(
                                TeamsParameters.TEAM_API_ROLE_CONFIGURATION,
                                Map.of("statement_timeout", "5min", "search_path", "\"$user\", data"))),
                        List.of(new TeamMember("t4_anna", true)),
                        List.of(
                                "CREATE ROLE t4_anna SUPERUSER INHERIT LOGIN",
                                "ALTER ROLE t4_anna SET search_path TO \"$user\", data",
                                "ALTER ROLE t4_anna SET statement_timeout TO 5min",
                                PAM + "t4_anna")),
                Arguments.of(
                        "names are taken literally",
                        List.of(given(TeamsParameters.TEAM_API_ROLE_CONFIGURATION, Map.of())),
                        List.of(
                                new TeamMember("t5_o'brien\"; DROP ROLE zalandos; --", false),
                                new TeamMember("T5_Ünal@Example.com", false)),
                        List.of(
                                "CREATE ROLE T5_Ünal@Example.com INHERIT LOGIN",
                                ADMIN + "T5_Ünal@Example.com",
                                PAM + "T5_Ünal@Example.com",
                                "CREATE ROLE t5_o'brien\"; DROP ROLE zalandos; -- INHERIT LOGIN",
                                ADMIN + "t5_o'brien\"; DROP ROLE zalandos; --",
                                PAM + "t5_o'brien\"; DROP ROLE zalandos; --")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("members")
    void membersHaveRoles(String what, List<Given<?>> settings, List<TeamMember> people, List<String> roles) {
        var database = database("");
        settings.forEach(setting -> setting.in(database));

        database.with(known(people)).settle();

        assertThat(roles(people.getFirst().name().substring(0, 3))).containsExactlyElementsOf(roles);
        assertThat(database.plan().plan().isEmpty()).isTrue();
    }

    @Test
    void whoIsPromotedBecomesASuperuserAndBack() {
        var database = database("").with(known(new TeamMember("t6_anna", false)));
        database.settle();
        database.with(known(new TeamMember("t6_anna", true))).settle();
        assertThat(roles("t6_"))
                .contains("CREATE ROLE t6_anna SUPERUSER INHERIT LOGIN")
                .doesNotContain(ADMIN + "t6_anna");

        database.with(known(new TeamMember("t6_anna", false))).settle();

        assertThat(roles("t6_")).contains("CREATE ROLE t6_anna INHERIT LOGIN", ADMIN + "t6_anna");
    }

    /** With the peer, a person of that name would take away the application's password. */
    @Test
    void aRoleOfTheManifestStaysAsItIsWhenAMemberHasItsName() {
        var database = database("users: {t7_app: [createdb]}").with(known(new TeamMember("t7_app", true)));

        database.settle();

        assertThat(roles("t7_"))
                .contains("CREATE ROLE t7_app CREATEDB INHERIT LOGIN")
                .doesNotContain(PAM + "t7_app");
        assertThat(database.letsIn("t7_app")).isTrue();
    }

    @Test
    void protectedAndSystemRolesAreNobodys() {
        var database = database("");
        var before = roles("admin");

        database.with(known(
                        new TeamMember("admin", true), new TeamMember("postgres", false), new TeamMember("t8_x", true)))
                .settle();

        assertThat(roles("admin")).isEqualTo(before);
        assertThat(roles("postgres")).first().asString().contains("SUPERUSER");
        assertThat(roles("t8_")).isNotEmpty();
    }

    @Test
    void aPasswordThatAMemberWasGivenStays() {
        var database = database("").with(known(new TeamMember("t9_anna", false)));
        database.settle();
        run(Sql.of("ALTER ROLE ? PASSWORD ?", Sql.name("t9_anna"), Sql.value("hers")));

        database.settle();

        assertThat(database.letsIn("t9_anna", "hers")).isTrue();
    }

    // Who leaves, and who comes back

    @Test
    void whoLeavesKeepsTheRoleWhereTheConfigurationSaysNothing() {
        database("").with(known(new TeamMember("u1_anna", false))).settle();

        var database = database("").with(known()).settle();

        assertThat(roles("u1_")).contains("CREATE ROLE u1_anna INHERIT LOGIN");
        assertThat(removed(database)).contains(new RemovedRole("u1_anna", "team"));
    }

    /** Another operator than the one that made the role: nothing is remembered but in the database. */
    @Test
    void whoLeavesIsLockedAndRenamed() {
        locking()
                .with(known(new TeamMember("u2_anna", false), new TeamMember("u2_ben", false)))
                .settle();

        var database = locking().with(known(new TeamMember("u2_ben", false))).settle();

        assertThat(roles("u2_"))
                .contains("CREATE ROLE u2_anna_deleted INHERIT", "CREATE ROLE u2_ben INHERIT LOGIN")
                .noneMatch(line -> line.contains("u2_anna "));
        assertThat(database.plan().plan().isEmpty()).isTrue();
        assertThat(removed(database)).noneMatch(role -> role.name().startsWith("u2_"));
    }

    @Test
    void whoComesBackHasTheSameRoleAgain() {
        locking().with(known(new TeamMember("u3_anna", false))).settle();
        var id = id("u3_anna");
        locking().with(known()).settle();
        assertThat(id("u3_anna_deleted")).isEqualTo(id);

        locking().with(known(new TeamMember("u3_anna", true))).settle();

        assertThat(id("u3_anna")).isEqualTo(id);
        assertThat(roles("u3_")).contains("CREATE ROLE u3_anna SUPERUSER INHERIT LOGIN", PAM + "u3_anna");
    }

    @Test
    void whereTheNewNameIsTakenTheRoleIsOnlyLocked() {
        locking().with(known(new TeamMember("u4_anna", false))).settle();
        run("CREATE ROLE u4_anna_deleted NOLOGIN");

        var database = locking().with(known()).settle();
        assertThat(roles("u4_")).contains("CREATE ROLE u4_anna INHERIT", "CREATE ROLE u4_anna_deleted INHERIT");
        assertThat(removed(database)).contains(new RemovedRole("u4_anna", "team"));

        locking().with(known(new TeamMember("u4_anna", false))).settle();
        assertThat(roles("u4_")).contains("CREATE ROLE u4_anna INHERIT LOGIN", "CREATE ROLE u4_anna_deleted INHERIT");
    }

    @Test
    void whereTheNewNameWouldBeCutOffTheRoleIsOnlyLocked() {
        var name = "u5_" + "x".repeat(57);
        locking().with(known(new TeamMember(name, false))).settle();

        locking().with(known()).settle();

        assertThat(roles("u5_")).contains("CREATE ROLE " + name + " INHERIT");
    }

    /** What the peer has locked has no record of ours. */
    @Test
    void whomThePeerHasLockedComesBackToo() {
        run("CREATE ROLE u6_anna_deleted NOLOGIN");
        var id = id("u6_anna_deleted");

        locking().with(known(new TeamMember("u6_anna", false))).settle();

        assertThat(id("u6_anna")).isEqualTo(id);
        assertThat(roles("u6_")).contains("CREATE ROLE u6_anna INHERIT LOGIN");
    }

    @Test
    void aRoleThatCanLogInIsNotTakenForThatOfSomebodyWhoLeft() {
        run("CREATE ROLE u7_anna_deleted LOGIN");

        locking().with(known(new TeamMember("u7_anna", false))).settle();

        assertThat(roles("u7_"))
                .contains("CREATE ROLE u7_anna INHERIT LOGIN", "CREATE ROLE u7_anna_deleted INHERIT LOGIN");
    }

    /** With the peer, an outage fails the sync or, for resources, locks everybody out. */
    @Test
    void whileNobodyTellsWhoIsInATeamNobodyHasLeft() {
        locking()
                .with(known(new TeamMember("u8_anna", false), new TeamMember("u8_ben", false)))
                .settle();

        var database = locking()
                .with(new TeamMembers(
                        true, List.of(new TeamMember("u8_carl", false)), false, List.of("the API is down"), List.of()))
                .settle();

        assertThat(roles("u8_"))
                .contains(
                        "CREATE ROLE u8_anna INHERIT LOGIN",
                        "CREATE ROLE u8_ben INHERIT LOGIN",
                        "CREATE ROLE u8_carl INHERIT LOGIN");
        assertThat(removed(database)).noneMatch(role -> role.name().startsWith("u8_"));
    }

    @Test
    void whereTeamsAreNotLookedAtNobodyHasLeftThem() {
        locking().with(known(new TeamMember("u9_anna", false))).settle();

        locking().settle();

        assertThat(roles("u9_")).contains("CREATE ROLE u9_anna INHERIT LOGIN");
    }

    @Test
    void onlyRolesOfMembersAreLocked() {
        run("CREATE ROLE v1_stranger LOGIN");
        locking("users: {v1_app: []}").settle();

        var database = locking().with(known()).settle();

        assertThat(roles("v1_")).contains("CREATE ROLE v1_stranger INHERIT LOGIN", "CREATE ROLE v1_app INHERIT LOGIN");
        assertThat(removed(database))
                .contains(new RemovedRole("v1_app", "manifest"))
                .noneMatch(role -> role.name().equals("v1_stranger"));
    }

    @Test
    void whoLeavesAndIsInTheManifestNowHasARoleOfTheManifest() {
        locking().with(known(new TeamMember("v2_anna", true))).settle();

        var database = locking("users: {v2_anna: []}").with(known()).settle();

        assertThat(roles("v2_")).contains("CREATE ROLE v2_anna INHERIT LOGIN").doesNotContain(PAM + "v2_anna");
        assertThat(database.letsIn("v2_anna")).isTrue();
    }

    @Test
    void otherSuffixesCountFromNowOn() {
        locking()
                .configured(all -> all.with(TeamsParameters.ROLE_DELETION_SUFFIX, "-gone"))
                .with(known(new TeamMember("v3_anna", false)))
                .settle();

        locking()
                .configured(all -> all.with(TeamsParameters.ROLE_DELETION_SUFFIX, "-gone"))
                .with(known())
                .settle();

        assertThat(roles("v3_")).contains("CREATE ROLE v3_anna-gone INHERIT");
    }

    @Test
    void killedAfterAnyStatementTheNextOperatorGoesOnFromThere() {
        for (int dies = 1; dies < 20; dies++) {
            var name = "w" + dies + "_anna";
            locking().with(known(new TeamMember(name, false))).settle();
            var id = id(name);
            var left = locking().with(known()).dyingAfter(dies);
            boolean killed = left.isKilledWhileSettling();
            locking().with(known()).settle();
            assertThat(id(name + "_deleted"))
                    .as("locked after dying at %s", dies)
                    .isEqualTo(id);
            killed |= locking()
                    .with(known(new TeamMember(name, false)))
                    .dyingAfter(dies)
                    .isKilledWhileSettling();
            locking().with(known(new TeamMember(name, false))).settle();
            assertThat(id(name)).as("back after dying at %s", dies).isEqualTo(id);
            assertThat(roles(name)).contains("CREATE ROLE " + name + " INHERIT LOGIN", PAM + name);
            if (!killed) {
                assertThat(dies).as("every statement was the last once").isGreaterThan(3);
                return;
            }
        }
        throw new AssertionError("never ran to its end");
    }

    // The stage

    private record Given<T>(Parameter<T> parameter, T value) {
        void in(OperatedDatabase database) {
            database.configured(settings -> settings.with(parameter, value));
        }
    }

    private static <T> Given<T> given(Parameter<T> parameter, T value) {
        return new Given<>(parameter, value);
    }

    private static OperatedDatabase database(String manifest) {
        return new OperatedDatabase(manifest);
    }

    private static OperatedDatabase locking() {
        return locking("");
    }

    private static OperatedDatabase locking(String manifest) {
        return database(manifest).configured(all -> all.with(TeamsParameters.ENABLE_TEAM_MEMBER_DEPRECATION, true));
    }

    private static TeamMembers known(TeamMember... people) {
        return known(Arrays.asList(people));
    }

    private static TeamMembers known(List<TeamMember> people) {
        return new TeamMembers(true, people, true, List.of(), List.of());
    }

    private static List<RemovedRole> removed(OperatedDatabase database) {
        return database.removed();
    }

    private void run(String statement) {
        run(Sql.of(statement));
    }

    private void run(Sql statement) {
        server.with("postgres", session -> {
            session.execute(statement);
            return true;
        });
    }

    private String id(String role) {
        return server
                .with(
                        "postgres",
                        session -> session.query(
                                Sql.of("SELECT oid::text FROM pg_authid WHERE rolname = ?", Sql.value(role)),
                                row -> row.getString(1)))
                .stream()
                .findFirst()
                .orElse("none");
    }

    private List<String> roles(String prefix) {
        return new RoleDump(server).of(prefix);
    }
}
