package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.RotationStatus;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.roles.RemovedRole;
import dev.patronioperator.settings.parameters.UsersParameters;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;
import dev.patronioperator.testkit.RoleDump;

import static org.assertj.core.api.Assertions.assertThat;

/** Passwords that are changed regularly, on a real PostgreSQL. The first look is at noon of 2026-01-01; the interval is 90 days. */
class RotationTest {

    private static final String DUE = "2026-04-01T12:00:01Z";
    private static final Sql CURRENT_USER = Sql.of("SELECT current_user::text");

    private final EmbeddedServer server = EmbeddedServer.shared();

    @Test
    void theFirstLookOnlyWritesWhenThePasswordIsChanged() {
        var database = new OperatedDatabase(byLogin("ra_app")).settle();

        assertThat(database.user("ra_app")).isEqualTo("ra_app");
        assertThat(database.rotations())
                .containsExactly(new RotationStatus("ra_app", "ra_app", "2026-04-01T12:00:00Z"));
        assertThat(database.at("2026-04-01T12:00:00Z").plan().plan().isEmpty()).isTrue();
    }

    @Test
    void anotherLoginTakesOverAndTheOneBeforeStaysValid() {
        var database = new OperatedDatabase(byLogin("rb_app")).settle();
        var before = database.password("rb_app");

        database.at(DUE).settle();

        assertThat(database.user("rb_app")).isEqualTo("rb_app260401");
        assertThat(database.password("rb_app")).isNotEqualTo(before).hasSize(64);
        assertThat(database.letsIn("rb_app")).isTrue();
        assertThat(database.letsIn("rb_app", before)).isTrue();
        assertThat(database.value("rb_app", "pendingUsername")).isEmpty();
        assertThat(database.value("rb_app", "pendingPassword")).isEmpty();
        assertThat(database.rotations())
                .containsExactly(new RotationStatus("rb_app", "rb_app260401", "2026-06-30T12:00:01Z"));
    }

    @Tag("postgresql")
    @Test
    void whateverALoginMakesBelongsToTheRoleSoThatTheNextLoginHasIt() {
        var database = new OperatedDatabase(byLogin("rc_app")).settle();
        schemaOf("rc_app");
        database.at(DUE).settle();

        database.run("rc_app", Sql.of("CREATE TABLE ? ()", Sql.name("rc_app", "bought")));
        database.at("2026-07-01T12:00:00Z").settle();

        assertThat(database.user("rc_app")).isEqualTo("rc_app260701");
        assertThat(database.ask("rc_app", CURRENT_USER)).containsExactly("rc_app");
        database.run("rc_app", Sql.of("DROP TABLE ?", Sql.name("rc_app", "bought")));
    }

    @Test
    void theNewLoginHasTheParametersOfTheRole() {
        var database = new OperatedDatabase(byLogin("rd_app")).settle();
        superuser(Sql.of("ALTER ROLE ? SET ? TO ?", Sql.name("rd_app"), Sql.name("work_mem"), Sql.value("7MB")));

        database.at(DUE).settle();

        assertThat(database.ask("rd_app", Sql.of("SELECT current_setting(?)", Sql.value("work_mem"))))
                .containsExactly("7MB");
    }

    @Test
    void theNewLoginHasTheOptionsOfTheRole() {
        var database = new OperatedDatabase(byLogin("rx_app")
                        + "userOptions: {rx_app: {connectionLimit: 0, parameters: {work_mem: 9MB}}}\n")
                .settle();

        database.at(DUE).settle();

        assertThat(database.user("rx_app")).isEqualTo("rx_app260401");
        assertThat(new RoleDump(EmbeddedServer.shared()).of("rx_app260401"))
                .contains(
                        "CREATE ROLE rx_app260401 INHERIT LOGIN CONNECTION LIMIT 0",
                        "ALTER ROLE rx_app260401 SET work_mem TO 9MB");
    }

    @Test
    void aRoleThatMayNotLogInAnyMoreTakesItsLoginsWithIt() {
        var database = new OperatedDatabase(byLogin("rv_app")).settle().at(DUE).settle();
        var password = database.password("rv_app");
        database.at("2026-07-01T12:00:00Z").settle();
        var latest = database.password("rv_app");

        database.wants("users: {rv_app: [nologin]}\nusersWithSecretRotation: [rv_app]\n")
                .settle();

        assertThat(database.letsIn("rv_app260401", password)).isFalse();
        assertThat(database.letsIn("rv_app260701", latest)).isFalse();
        assertThat(database.letsIn("rv_app", latest)).isFalse();
        assertThat(database.removed()).as("they go by themselves").noneMatch(isCalledLike("rv_app"));

        database.wants(byLogin("rv_app")).settle();
        assertThat(database.letsIn("rv_app260401", password)).isTrue();

        database.wants("users: {rv_app: [nologin]}\n")
                .at("2027-07-01T12:00:00Z")
                .settle();
        assertThat(roles("rv_app")).containsExactly("rv_app");
    }

    @Test
    void aLoginThatWasReplacedLosesWhatItsRoleLoses() {
        var fields = "userOptions: {rw_app: {connectionLimit: 3, validUntil: \"2030-01-01T00:00:00Z\"}}\n";
        var database = new OperatedDatabase(
                        "users: {rw_app: [superuser]}\nusersWithSecretRotation: [rw_app]\n" + fields)
                .settle()
                .at(DUE)
                .settle()
                .at("2026-07-01T12:00:00Z")
                .settle();
        var roles = new RoleDump(server);
        assertThat(roles.of("rw_app260401"))
                .contains(
                        "CREATE ROLE rw_app260401 SUPERUSER INHERIT LOGIN CONNECTION LIMIT 3 VALID UNTIL 2030-01-01 00:00:00");

        database.wants(byLogin("rw_app") + fields.replace("2030", "2027").replace("3,", "0,"))
                .settle();

        for (var name : List.of("rw_app", "rw_app260401", "rw_app260701")) {
            assertThat(roles.of("rw_app"))
                    .contains("CREATE ROLE " + name
                            + " INHERIT LOGIN CONNECTION LIMIT 0 VALID UNTIL 2027-01-01 00:00:00");
        }
    }

    @Test
    void loginsOfARoleThatIsGoneAreToldOf() {
        var database = new OperatedDatabase(byLogin("ry_app")).settle().at(DUE).settle();

        database.wants("users: {}\n").settle();

        assertThat(database.removed().stream().filter(isCalledLike("ry_app")).map(RemovedRole::name))
                .containsExactly("ry_app", "ry_app260401");
    }

    private static Predicate<RemovedRole> isCalledLike(String role) {
        return removed -> removed.name().startsWith(role);
    }

    @Test
    void inPlaceTheRoleKeepsItsName() {
        var database = new OperatedDatabase(inPlace("re_app")).settle();
        var before = database.password("re_app");

        database.at(DUE).settle();

        assertThat(database.user("re_app")).isEqualTo("re_app");
        assertThat(database.letsIn("re_app")).isTrue();
        assertThat(database.letsIn("re_app", before)).isFalse();
        assertThat(database.rotations())
                .containsExactly(new RotationStatus("re_app", "re_app", "2026-06-30T12:00:01Z"));
    }

    @Test
    void theSwitchToInPlaceCountsAtOnceAndTheOneBackWhenItIsTime() {
        var database = new OperatedDatabase(byLogin("rf_app")).settle().at(DUE).settle();

        database.wants(inPlace("rf_app")).at("2026-04-02T00:00:00Z").settle();
        assertThat(database.user("rf_app")).isEqualTo("rf_app");
        assertThat(database.letsIn("rf_app")).isTrue();

        database.wants(byLogin("rf_app")).at("2026-04-03T00:00:00Z").settle();
        assertThat(database.user("rf_app")).isEqualTo("rf_app");
    }

    @Test
    void aLoginOfTheSameDayThatWasReplacedKeepsItsPassword() {
        var database = new OperatedDatabase(byLogin("ru_app")).settle().at(DUE).settle();
        var replaced = database.password("ru_app");
        database.wants(inPlace("ru_app")).settle();

        database.wants(byLogin("ru_app")).edit("ru_app", "nextRotation", "2026-04-01T12:00:00Z");
        database.pass();
        database.pass();
        assertThat(database.letsIn("ru_app260401", replaced)).isTrue();
        assertThat(database.letsIn("ru_app")).isTrue();

        assertThat(database.at("2026-04-02T00:00:00Z").settle().user("ru_app")).isEqualTo("ru_app260402");
        assertThat(database.letsIn("ru_app260401", replaced)).isTrue();
    }

    @Test
    void aShorterIntervalCountsFromNowOnAndIsWrittenDown() {
        var database = new OperatedDatabase(byLogin("rg_app")).settle();

        database.configured(settings -> settings.with(UsersParameters.PASSWORD_ROTATION_INTERVAL, 10))
                .at("2026-01-02T12:00:00Z")
                .settle();

        assertThat(database.rotations())
                .containsExactly(new RotationStatus("rg_app", "rg_app", "2026-01-12T12:00:00Z"));
        assertThat(database.at("2026-01-12T12:00:01Z").settle().user("rg_app")).isEqualTo("rg_app260112");
    }

    @Test
    void aLongerIntervalCountsAfterTheNextChange() {
        var database = new OperatedDatabase(byLogin("rh_app")).settle();

        database.configured(settings -> settings.with(UsersParameters.PASSWORD_ROTATION_INTERVAL, 365))
                .settle();

        assertThat(database.rotations())
                .containsExactly(new RotationStatus("rh_app", "rh_app", "2026-04-01T12:00:00Z"));
    }

    @Test
    void switchedOffTheRoleItselfTakesOver() {
        var database = new OperatedDatabase(byLogin("ri_app")).settle().at(DUE).settle();
        var replaced = database.password("ri_app");

        database.wants("users: {ri_app: []}\n").settle();

        assertThat(database.user("ri_app")).isEqualTo("ri_app");
        assertThat(database.letsIn("ri_app")).isTrue();
        assertThat(database.letsIn("ri_app260401", replaced)).isTrue();
        assertThat(database.value("ri_app", "nextRotation")).isEmpty();
        assertThat(database.rotations()).isEmpty();
    }

    @Test
    void ownersAndThoseLeftOutAreNotRotatedUnlessNamed() {
        var manifest =
                """
                users: {rj_app: [], rj_owner: [], rj_left: [], rj_named: [], rj_group: [nologin]}
                databases: {rj: rj_owner, rj_other: rj_named}
                usersIgnoringSecretRotation: [rj_left]
                usersWithInPlaceSecretRotation: [rj_named, postgres]
                """;
        var database = new OperatedDatabase(manifest)
                .configured(settings -> settings.with(UsersParameters.ENABLE_PASSWORD_ROTATION, true))
                .settle();

        assertThat(database.rotations()).extracting(RotationStatus::role).containsExactly("rj_app", "rj_named");
        assertThat(database.adjustments()).singleElement().satisfies(adjustment -> {
            assertThat(adjustment.field()).isEqualTo("spec.usersWithInPlaceSecretRotation");
            assertThat(adjustment.asked()).isEqualTo("postgres");
        });
    }

    @Test
    void nothingChangesWhileTheDatabaseCannotFollow() {
        var database = new OperatedDatabase(inPlace("rt_app")).settle().at(DUE);

        assertThat(List.of(
                        new DatabaseLook.Silent("m", "no route to host"),
                        new DatabaseLook.NotYet("a primary that takes writes"),
                        new DatabaseLook.NotOurs(),
                        new DatabaseLook.LockedOut(server.superuser(), true),
                        new DatabaseLook.TurnedAway("no pg_hba.conf entry")))
                .allSatisfy(
                        look -> assertThat(database.rotationsPlannedAfter(look)).isEmpty());
        assertThat(database.rotationsPlannedAfter(new DatabaseLook.AsBefore("the same")))
                .hasSize(1);
    }

    @Test
    void aRoleOfSomebodyElseIsNotTakenForTheNewLogin() {
        var database = new OperatedDatabase(byLogin("rk_app")).settle();
        superuser(Sql.of(
                "CREATE ROLE ? LOGIN IN ROLE ? PASSWORD ?",
                Sql.name("rk_app260401"),
                Sql.name("rk_app"),
                Sql.value("theirs")));

        database.at(DUE).pass();
        database.pass();
        assertThat(database.plan().plan().isEmpty()).isTrue();
        assertThat(database.letsIn("rk_app")).isTrue();
        assertThat(database.letsIn("rk_app260401", "theirs")).isTrue();

        assertThat(database.at("2026-04-02T00:00:00Z").settle().user("rk_app")).isEqualTo("rk_app260402");
        assertThat(database.letsIn("rk_app")).isTrue();
    }

    @Test
    void aRotationOfTheZalandoOperatorGoesOn() {
        var database = new OperatedDatabase("users: {rl_app: []}\n").settle();
        database.wants(byLogin("rl_app"));
        superuser(Sql.of(
                "CREATE ROLE ? LOGIN IN ROLE ? PASSWORD ?",
                Sql.name("rl_app251231"),
                Sql.name("rl_app"),
                Sql.value("peer's")));
        database.edit("rl_app", "username", "rl_app251231");
        database.edit("rl_app", "password", "peer's");
        database.edit("rl_app", "nextRotation", "2026-03-31T12:00:00+02:00");

        database.settle();

        assertThat(database.user("rl_app")).isEqualTo("rl_app251231");
        assertThat(database.password("rl_app")).isEqualTo("peer's");
        assertThat(database.value("rl_app", "nextRotation")).isEqualTo("2026-03-31T12:00:00+02:00");
        assertThat(database.ask("rl_app", CURRENT_USER))
                .as("what it owns stays in its reach")
                .containsExactly("rl_app251231");
    }

    @Test
    void whereTheZalandoOperatorRotatedARoleOfTheServerTheRoleTakesOverAgain() {
        var database = new OperatedDatabase("users: {rr_app: []}\n").settle();
        var password = database.password("postgres");
        database.edit("postgres", "username", "postgres251231");

        database.settle();

        assertThat(database.user("postgres")).isEqualTo("postgres");
        assertThat(database.password("postgres")).isEqualTo(password);
        assertThat(roles("postgres2")).isEmpty();
    }

    @Test
    void whatALoginOwnsInOtherDatabasesIsTheRolesAfterwards() {
        var database = new OperatedDatabase(byLogin("rs_app")).settle();
        superuser(Sql.of("CREATE DATABASE ?", Sql.name("rs")));
        superuser(Sql.of("CREATE ROLE ? LOGIN IN ROLE ?", Sql.name("rs_app250101"), Sql.name("rs_app")));
        server.with("rs", session -> {
            session.execute(Sql.of("CREATE SCHEMA ? AUTHORIZATION ?", Sql.name("theirs"), Sql.name("rs_app250101")));
            return true;
        });
        superuser(Sql.of("ALTER DATABASE ? ALLOW_CONNECTIONS false", Sql.name("rs")));
        database.settle();
        assertThat(roles("rs_app")).as("what it owns is out of reach").contains("rs_app250101");

        superuser(Sql.of("ALTER DATABASE ? ALLOW_CONNECTIONS true", Sql.name("rs")));
        database.settle();

        assertThat(roles("rs_app")).containsExactly("rs_app");
        List<String> owners = server.with(
                "rs",
                session -> session.query(
                        Sql.of(
                                "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = ?",
                                Sql.value("theirs")),
                        row -> row.getString(1)));
        assertThat(owners).containsExactly("rs_app");
    }

    @Test
    void noPlanShowsAPassword() {
        var database = new OperatedDatabase(byLogin("rm_app")).settle().at(DUE);

        var prepared = database.pass().plan();
        var made = database.pass().plan();
        var handedOver = database.pass().plan();

        assertThat(List.of(prepared, made, handedOver)).allSatisfy(plan -> assertThat(PlanText.text(plan) + plan)
                .doesNotContain(database.password("rm_app"), "SCRAM"));
        assertThat(prepared.steps()).singleElement().satisfies(step -> {
            assertThat(step.step()).isInstanceOf(Step.EditSecret.class);
            assertThat(step.step().text()).startsWith("Prepare login rm_app260401 in Secret rm-app.");
            assertThat(step.reasons())
                    .singleElement()
                    .hasToString("rotation: the password of rm_app was to be changed at 2026-04-01T12:00:00Z");
        });
    }

    @Test
    void whatARotationMadeIsDroppedWhenItIsOldAndNothingElse() {
        var database = new OperatedDatabase(
                        "users: {rp_app: [], rp_app250103: []}\nusersWithSecretRotation: [rp_app]\n")
                .settle();
        superuser(Sql.of("CREATE ROLE ? LOGIN IN ROLE ?", Sql.name("rp_app250101"), Sql.name("rp_app")));
        superuser(Sql.of("CREATE ROLE ? LOGIN", Sql.name("rp_app250102")));
        superuser(Sql.of("GRANT ? TO ?", Sql.name("rp_app"), Sql.name("rp_app250103")));
        superuser(Sql.of(
                "CREATE ROLE ? LOGIN IN ROLE ?, ?", Sql.name("rp_app250104"), Sql.name("rp_app"), Sql.name("admin")));
        superuser(Sql.of("CREATE ROLE ? LOGIN IN ROLE ?", Sql.name("rp_app251399"), Sql.name("rp_app")));

        database.at(DUE).settle().at("2026-07-01T12:00:00Z").settle();

        assertThat(roles("rp_app"))
                .containsExactly(
                        "rp_app",
                        "rp_app250102",
                        "rp_app250103",
                        "rp_app250104",
                        "rp_app251399",
                        "rp_app260401",
                        "rp_app260701");
        assertThat(database.at("2026-09-30T00:00:00Z").settle().user("rp_app")).isEqualTo("rp_app260930");
        assertThat(database.at("2026-12-28T00:00:00Z").plan().plan().isEmpty()).isTrue();

        database.at("2026-12-28T00:00:01Z").settle();
        assertThat(roles("rp_app"))
                .doesNotContain("rp_app260401")
                .contains("rp_app", "rp_app260701", "rp_app260930", "rp_app250102");
    }

    @Test
    void howLongALoginWasInUseDoesNotCount() {
        var database = inUseForMonths("rz_app");
        var replaced = database.password("rz_app");

        database.configured(settings -> settings.with(UsersParameters.PASSWORD_ROTATION_INTERVAL, 30))
                .at("2027-11-01T12:00:00Z")
                .settle()
                .at("2027-12-01T12:00:01Z")
                .settle();

        assertThat(database.user("rz_app")).isEqualTo("rz_app271201");
        assertThat(database.letsIn("rz_app270101", replaced)).isTrue();
        assertThat(database.at("2028-05-29T00:00:00Z").settle().letsIn("rz_app270101", replaced))
                .isTrue();
        database.at("2028-05-29T00:00:01Z").settle();
        assertThat(roles("rz_app")).containsExactly("rz_app", "rz_app271201", "rz_app280529");
    }

    @Test
    void norDoesItWhereTheRoleItselfTakesOver() {
        var database = inUseForMonths("rza_app");
        var replaced = database.password("rza_app");

        database.configured(settings -> settings.with(UsersParameters.PASSWORD_ROTATION_INTERVAL, 30))
                .wants("users: {rza_app: []}\n")
                .at("2027-11-01T12:00:00Z")
                .settle();

        assertThat(database.user("rza_app")).isEqualTo("rza_app");
        assertThat(database.letsIn("rza_app270101", replaced)).isTrue();
        assertThat(database.at("2028-04-29T00:00:00Z").plan().plan().isEmpty()).isTrue();
        database.at("2028-04-29T00:00:01Z").settle();
        assertThat(roles("rza_app")).containsExactly("rza_app");
    }

    @Test
    void aLoginThatIsNamedAgainIsNotOneThatWasReplaced() {
        var database = inUseForMonths("rzb_app");
        var password = database.password("rzb_app");
        database.wants(inPlace("rzb_app")).at("2027-06-01T12:00:00Z").settle();

        database.wants(byLogin("rzb_app"));
        database.edit("rzb_app", "username", "rzb_app270101");
        database.edit("rzb_app", "password", password);
        database.settle();
        database.wants(inPlace("rzb_app")).at("2029-06-01T12:00:00Z").settle();
        assertThat(database.letsIn("rzb_app270101", password)).isTrue();
    }

    /** By a login of 2027-01-01. */
    private static OperatedDatabase inUseForMonths(String role) {
        return new OperatedDatabase(byLogin(role))
                .configured(settings -> settings.with(UsersParameters.PASSWORD_ROTATION_INTERVAL, 365)
                        .with(UsersParameters.PASSWORD_ROTATION_USER_RETENTION, 180))
                .settle()
                .at("2027-01-01T12:00:01Z")
                .settle();
    }

    @Test
    void aLoginIsKeptForAtLeastTwoIntervalsAndAsLongAsTheSecretNamesIt() {
        var database = new OperatedDatabase(byLogin("rq_app"))
                .configured(settings -> settings.with(UsersParameters.PASSWORD_ROTATION_USER_RETENTION, 1))
                .settle()
                .at(DUE)
                .settle();

        assertThat(database.at("2026-06-30T12:00:00Z").plan().plan().isEmpty()).isTrue();
        assertThat(database.user("rq_app")).isEqualTo("rq_app260401");
        assertThat(database.letsIn("rq_app")).isTrue();

        database.at("2026-09-28T00:00:00Z").settle();
        assertThat(roles("rq_app")).containsExactly("rq_app", "rq_app260401", "rq_app260928");
    }

    private List<String> roles(String beginning) {
        return server.with(
                "postgres",
                session -> session.query(
                        Sql.of(
                                "SELECT rolname FROM pg_roles WHERE starts_with(rolname, ?) ORDER BY 1",
                                Sql.value(beginning)),
                        row -> row.getString(1)));
    }

    @Test
    void aHundredLooksChangeNothing() {
        var manifest =
                """
                users: {rn_app: [], rn_inside: [createdb]}
                usersWithInPlaceSecretRotation: [rn_inside]
                """;
        var database = new OperatedDatabase(manifest)
                .configured(settings -> settings.with(UsersParameters.ENABLE_PASSWORD_ROTATION, true))
                .settle()
                .at(DUE)
                .settle();
        var stored = catalogue("rn%");
        var effects = database.effects();

        for (int look = 0; look < 100; look++) {
            assertThat(database.pass().plan().isEmpty()).isTrue();
        }

        assertThat(catalogue("rn%")).hasSize(3).isEqualTo(stored);
        assertThat(database.effects()).isEqualTo(effects);
    }

    @Test
    void theDatabaseFollowsASecretThatIsEdited() {
        var database = new OperatedDatabase("users: {ro_app: []}\n").settle();

        database.edit("ro_app", "password", "chosen by 'hand'");
        database.settle();

        assertThat(database.letsIn("ro_app", "chosen by 'hand'")).isTrue();
    }

    /** Every byte of the roles, and which transaction wrote them. */
    private List<String> catalogue(String like) {
        return server.with(
                "postgres",
                session -> session.query(
                        Sql.of(
                                "SELECT a::text || a.xmin::text || a.ctid::text FROM pg_authid a WHERE rolname LIKE ? ORDER BY oid",
                                Sql.value(like)),
                        row -> row.getString(1)));
    }

    private void schemaOf(String role) {
        superuser(Sql.of("CREATE SCHEMA AUTHORIZATION ?", Sql.name(role)));
    }

    private void superuser(Sql statement) {
        server.with("postgres", session -> {
            session.execute(statement);
            return true;
        });
    }

    private static String byLogin(String role) {
        return "users: {" + role + ": []}\nusersWithSecretRotation: [" + role + "]\n";
    }

    private static String inPlace(String role) {
        return "users: {" + role + ": []}\nusersWithInPlaceSecretRotation: [" + role + "]\n";
    }
}
