package dev.patronioperator.postgres.roles;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.patronioperator.postgres.catalog.RoleCatalogReader;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.postgres.parameters.ServerParameter;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;
import dev.patronioperator.testkit.EmbeddedServer;

import static dev.patronioperator.postgres.roles.RoleAttribute.CREATEDB;
import static dev.patronioperator.postgres.roles.RoleAttribute.INHERIT;
import static dev.patronioperator.postgres.roles.RoleAttribute.LOGIN;
import static dev.patronioperator.postgres.roles.RoleAttribute.REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

/** On a real server: roles become what is asked for, stay untouched while they are, and lose only what the operator gave. */
@Tag("postgresql")
class RoleConvergenceTest {

    private static final byte[] SALT = "sixteen-byte-slt".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final EmbeddedServer server = EmbeddedServer.shared();

    @Test
    void makesRolesWhateverTheOrderTheyAreNamedIn() {
        var roles = List.of(
                role("c1_user").memberOf("c1_group").password("first").made(),
                role("c1_group").group().made());

        converge(roles);

        assertThat(catalog().find("c1_user")).hasValueSatisfying(user -> {
            assertThat(user.attributes()).containsExactlyInAnyOrder(LOGIN, INHERIT);
            assertThat(user.memberOf()).containsExactly("c1_group");
        });
        assertThat(catalog().find("c1_group").orElseThrow().attributes()).containsExactly(INHERIT);
        assertThat(canLogIn("c1_user", "first")).isTrue();
    }

    @Test
    void touchesNothingThatIsRight() {
        var roles = List.of(
                role("c2_user")
                        .memberOf("c2_group")
                        .admin("c2_admin")
                        .password("pass'word")
                        .parameter("search_path", "\"$user\", \"data\", \"Mixed\"")
                        .parameter("log_statement", "all")
                        .parameter("auto_explain.log_format", "json")
                        .made(),
                role("c2_group").group().made(),
                role("c2_admin").group().made());
        converge(roles);
        var stored = authid("c2_%");

        assertThat(plan(roles)).isEmpty();
        assertThat(authid("c2_%")).isEqualTo(stored);
    }

    @Test
    void attributesGoBothWays() {
        converge(List.of(role("c3_user")
                .attributes(LOGIN, INHERIT, CREATEDB, REPLICATION)
                .made()));

        converge(List.of(role("c3_user").attributes(INHERIT).made()));

        assertThat(catalog().find("c3_user").orElseThrow().attributes()).containsExactly(INHERIT);
    }

    @Test
    void takesBackOnlyWhatItGave() {
        converge(List.of(
                role("c4_ours").group().made(),
                role("c4_theirs").group().made(),
                role("c4_user").memberOf("c4_ours").parameter("work_mem", "8MB").made()));
        server.with("postgres", session -> {
            session.execute(Sql.of("GRANT ? TO ?", Sql.name("c4_theirs"), Sql.name("c4_user")));
            session.execute(Sql.of("ALTER ROLE ? SET ? TO ?", Sql.name("c4_user"), Sql.name("jit"), Sql.value("off")));
            return true;
        });

        converge(List.of(role("c4_user").made()));

        assertThat(catalog().find("c4_user")).hasValueSatisfying(user -> {
            assertThat(user.memberOf()).containsExactly("c4_theirs");
            assertThat(user.parameters()).containsExactly(Map.entry("jit", "off"));
        });
    }

    @Test
    void limitsThatOthersSetStayWhileTheManifestSaysNothing() {
        converge(List.of(role("c11_user").made()));
        limitByHand("c11_user");
        var stored = authid("c11_user");

        converge(List.of(role("c11_user").made()));
        assertThat(authid("c11_user")).isEqualTo(stored);

        var end = Instant.parse("2027-03-31T00:00:00.123456789Z");
        converge(List.of(role("c11_user").limits(5, end).made()));
        assertThat(catalog().find("c11_user").orElseThrow().limits())
                .isEqualTo(new RoleLimits(Optional.of(5), Optional.of(end)));
        assertThat(plan(List.of(role("c11_user").limits(5, end).made())))
                .as("what PostgreSQL cannot store is no difference")
                .isEmpty();

        converge(List.of(role("c11_user").made()));
        assertThat(catalog().find("c11_user").orElseThrow().limits()).isEqualTo(RoleLimits.NONE);

        limitByHand("c11_user");
        assertThat(plan(List.of(role("c11_user").made())))
                .as("what was taken back once is the manifest's no more")
                .isEmpty();
    }

    private void limitByHand(String role) {
        server.with("postgres", session -> {
            session.execute(
                    Sql.of("ALTER ROLE ? CONNECTION LIMIT 3 VALID UNTIL ?", Sql.name(role), Sql.value("-infinity")));
            return true;
        });
    }

    /** Whatever one server says of all its parameters, that manifests are checked by. */
    @Test
    void whichParametersARoleCanHaveIsKnown() {
        converge(List.of(role("c12_user").made()));
        var settings = server.with(
                "postgres",
                session -> session.query(
                        Sql.of(
                                "SELECT name, setting, current_setting(?) FROM pg_settings",
                                Sql.value("server_version")),
                        row -> new Setting(row.getString(1), row.getString(2), row.getString(3))));

        assertThat(settings)
                .filteredOn(Setting::isKnown)
                .hasSizeGreaterThan(300)
                .allSatisfy(setting ->
                        assertThat(setting.isOfSessions()).as(setting.name()).isEqualTo(!isTheServersAlone(setting)));
    }

    private record Setting(String name, String value, String version) {
        boolean isKnown() {
            return known().isPresent();
        }

        boolean isOfSessions() {
            return known().orElseThrow().context().isOfSessions();
        }

        private Optional<ServerParameter> known() {
            return ParameterCatalogue.of(version.split("\\.")[0]).find(name);
        }
    }

    private boolean isTheServersAlone(Setting setting) {
        var statement = Sql.of(
                "ALTER ROLE ? SET ? TO ?", Sql.name("c12_user"), Sql.name(setting.name()), Sql.value(setting.value()));
        return carryOut(SqlChange.of("postgres", new Subject.Role("c12_user"), List.of(statement), List.of("a try")))
                        instanceof SqlAnswer.Failed<Boolean>(var failure)
                && failure.sqlState().equals("55P02");
    }

    @Test
    void aPasswordChangesOnlyWhenItIsAnother() {
        converge(List.of(role("c5_user").password("before").made()));
        converge(List.of(role("c5_user").password("after").made()));

        assertThat(canLogIn("c5_user", "before")).isFalse();
        assertThat(canLogIn("c5_user", "after")).isTrue();
    }

    @Test
    void anMd5PasswordIsStoredAnewForAServerThatKeepsScram() {
        converge(List.of(
                role("c6_user").password("md5a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3").made()));

        converge(List.of(role("c6_user").password("plain").made()));

        assertThat(authid("c6_user")).allMatch(row -> row.contains("SCRAM-SHA-256"));
        assertThat(canLogIn("c6_user", "plain")).isTrue();
    }

    @Test
    void aGroupHasNoPassword() {
        converge(List.of(role("c7_group").password("was a user once").made()));

        converge(List.of(role("c7_group").group().made()));

        assertThat(catalog().find("c7_group").orElseThrow().verifier()).isEmpty();
    }

    @Test
    void aGrantTheWrongWayRoundIsTurned() {
        converge(List.of(
                role("c8_owner").group().made(), role("c8_admin").group().made()));
        server.with("postgres", session -> {
            session.execute(Sql.of("GRANT ? TO ?", Sql.name("c8_owner"), Sql.name("c8_admin")));
            return true;
        });

        converge(List.of(role("c8_owner").group().memberOf("c8_admin").made()));

        assertThat(catalog().find("c8_owner").orElseThrow().memberOf()).containsExactly("c8_admin");
    }

    @Test
    void oneRoleThatCannotBeMadeDoesNotHoldUpTheOthers() {
        var plan = plan(List.of(
                role("c9_lost").memberOf("no_such_role").made(), role("c9_fine").made()));

        var failures = plan.stream()
                .map(this::carryOut)
                .filter(SqlAnswer.Failed.class::isInstance)
                .toList();

        assertThat(failures).singleElement().asString().contains("no_such_role", "42704");
        assertThat(catalog().roles()).containsKeys("c9_lost", "c9_fine");
    }

    @Test
    void aGrantThatCannotBeMadeHindersNoOtherAndForgetsNothing() {
        var end = Instant.parse("2027-03-31T00:00:00Z");
        converge(List.of(
                role("c13_group").group().made(), role("c13_last").group().made()));

        attempt(role("c13_user")
                .memberOf("c13_group", "c13_missing", "c13_last")
                .parameter("work_mem", "8MB")
                .limits(5, end)
                .made());
        assertThat(catalog().find("c13_user")).hasValueSatisfying(user -> {
            assertThat(user.memberOf()).containsExactlyInAnyOrder("c13_group", "c13_last");
            assertThat(user.limits()).isEqualTo(new RoleLimits(Optional.of(5), Optional.of(end)));
        });

        var less = role("c13_user").memberOf("c13_missing").made();
        attempt(less);
        attempt(less);
        assertThat(catalog().find("c13_user")).hasValueSatisfying(user -> {
            assertThat(user.memberOf()).isEmpty();
            assertThat(user.parameters()).isEmpty();
            assertThat(user.limits()).isEqualTo(RoleLimits.NONE);
            assertThat(user.given().memberOf()).isSubsetOf("c13_missing");
        });
        assertThat(plan(List.of(less))).singleElement().satisfies(change -> assertThat(change.because())
                .containsExactly("not a member of c13_missing"));
    }

    /** Another one is taken back in the same pass. */
    @Test
    void aMembershipThatCannotBeTakenBackIsNotForgotten() {
        converge(List.of(
                role("c14_one").group().made(),
                role("c14_two").group().made(),
                role("c14_user").memberOf("c14_one", "c14_two").made()));
        var none = List.of(role("c14_user").made());

        carryOut(plan(none).getLast());
        assertThat(catalog().find("c14_user").orElseThrow().memberOf()).containsExactly("c14_one");
        attempt(none.getFirst());
        attempt(none.getFirst());

        assertThat(catalog().find("c14_user").orElseThrow().memberOf()).isEmpty();
        assertThat(catalog().find("c14_user").orElseThrow().given().memberOf()).isEmpty();
        assertThat(plan(none)).isEmpty();
    }

    @Test
    void whatIsOfARoleOfSomebodyElseIsNotWrittenDown() {
        converge(List.of(
                role("c15_group").group().made(),
                role("c15_user").memberOf("c15_group").somebodyElses().made()));

        assertThat(catalog().find("c15_user")).hasValueSatisfying(user -> {
            assertThat(user.memberOf()).containsExactly("c15_group");
            assertThat(user.given()).isEqualTo(Given.NOTHING);
        });
    }

    @Test
    void whoMayGrantARoleMayNoMoreWhenThatIsNotAskedForAnyLonger() {
        converge(List.of(
                role("c16_admin").group().made(),
                role("c16_next").group().made(),
                role("c16_theirs").group().made(),
                role("c16_user").admin("c16_admin").made()));
        run(Sql.of("GRANT ? TO ? WITH ADMIN OPTION", Sql.name("c16_user"), Sql.name("c16_theirs")));
        assertThat(admins("c16_user")).containsExactlyInAnyOrder("c16_admin", "c16_theirs");

        var other = List.of(role("c16_user").admin("c16_next").made());
        converge(other);
        assertThat(admins("c16_user")).containsExactlyInAnyOrder("c16_next", "c16_theirs");
        assertThat(catalog().find("c16_admin").orElseThrow().memberOf()).isEmpty();
        assertThat(plan(other)).isEmpty();

        var nobody = List.of(role("c16_user").made());
        converge(nobody);
        assertThat(admins("c16_user")).containsExactly("c16_theirs");
        assertThat(plan(nobody)).isEmpty();
    }

    /** As operators before this one left it. */
    @Test
    void whoMayGrantARoleIsWrittenDownOnceWhereItWasNot() {
        var roles = List.of(
                role("c17_admin").group().made(),
                role("c17_user").admin("c17_admin").made());
        converge(roles);
        run(Sql.of("ALTER ROLE ? RESET patroni_operator.admins", Sql.name("c17_user")));

        assertThat(plan(roles)).singleElement().satisfies(change -> assertThat(change.statements())
                .hasSize(1));
        converge(roles);
        assertThat(plan(roles)).isEmpty();

        converge(List.of(role("c17_user").made()));
        assertThat(admins("c17_user")).isEmpty();
    }

    @Test
    void whatWasNeverWrittenDownOfWhoMayGrantARoleStays() {
        converge(List.of(
                role("c18_admin").group().made(),
                role("c18_user").admin("c18_admin").made()));
        run(Sql.of("ALTER ROLE ? RESET patroni_operator.admins", Sql.name("c18_user")));

        assertThat(plan(List.of(role("c18_user").made()))).isEmpty();
        assertThat(admins("c18_user")).containsExactly("c18_admin");
    }

    @Test
    void aMembershipThatWasGivenByItselfStaysWithoutTheOption() {
        converge(List.of(
                role("c19_user").made(), role("c19_admin").memberOf("c19_user").made()));
        converge(List.of(role("c19_user").admin("c19_admin").made()));
        assertThat(admins("c19_user")).containsExactly("c19_admin");

        var nobody = List.of(
                role("c19_user").made(), role("c19_admin").memberOf("c19_user").made());
        converge(nobody);

        assertThat(admins("c19_user")).isEmpty();
        assertThat(catalog().find("c19_admin").orElseThrow().memberOf()).containsExactly("c19_user");
        assertThat(plan(nobody)).isEmpty();
    }

    private Set<String> admins(String role) {
        return catalog().find(role).orElseThrow().admins();
    }

    private void run(Sql statement) {
        server.with("postgres", session -> {
            session.execute(statement);
            return true;
        });
    }

    @Test
    void reasonsNameWhatDiffersButNoSecret() {
        converge(List.of(role("c10_user").password("before").made()));

        assertThat(plan(List.of(role("c10_user")
                        .attributes(INHERIT, CREATEDB)
                        .password("after")
                        .made())))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.about().text()).isEqualTo("role c10_user");
                    assertThat(change.because())
                            .containsExactly("nocreatedb -> createdb", "login -> nologin", "password differs");
                    assertThat(change.toString()).doesNotContain("SCRAM");
                });
    }

    private void converge(List<RoleSpec> roles) {
        plan(roles).forEach(change -> EmbeddedServer.done(carryOut(change)));
    }

    /** Some of it may fail. */
    private void attempt(RoleSpec role) {
        plan(List.of(role)).forEach(this::carryOut);
    }

    private List<SqlChange> plan(List<RoleSpec> roles) {
        return new RoleConvergence(catalog(), () -> SALT).plan(roles);
    }

    private SqlAnswer<Boolean> carryOut(SqlChange change) {
        return new JdbcSessions().with(server.superuser(), change.database(), session -> {
            session.executeTogether(change.statements());
            return true;
        });
    }

    private RoleCatalog catalog() {
        return server.with("postgres", RoleCatalogReader::read);
    }

    private List<String> authid(String like) {
        return server.with(
                "postgres",
                session -> session.query(
                        Sql.of(
                                "SELECT a::text || a.xmin::text FROM pg_authid a WHERE rolname LIKE ? ORDER BY rolname",
                                Sql.value(like)),
                        row -> row.getString(1)));
    }

    private boolean canLogIn(String user, String password) {
        return new JdbcSessions().with(server.as(user, password), "postgres", session -> true)
                instanceof SqlAnswer.Done<Boolean>;
    }

    private static Wanted role(String name) {
        return new Wanted(name);
    }

    private static final class Wanted {
        private final String name;
        private Set<RoleAttribute> attributes = Set.of(LOGIN, INHERIT);
        private boolean ours = true;
        private List<String> memberOf = List.of();
        private Optional<String> admin = Optional.empty();
        private final TreeMap<String, String> parameters = new TreeMap<>();
        private RoleLimits limits = RoleLimits.NONE;
        private RolePassword password = new RolePassword.AsItIs();

        Wanted(String name) {
            this.name = name;
        }

        Wanted attributes(RoleAttribute... these) {
            attributes = Set.of(these);
            return this;
        }

        Wanted group() {
            password = new RolePassword.None();
            return attributes(INHERIT);
        }

        Wanted somebodyElses() {
            ours = false;
            return this;
        }

        Wanted memberOf(String... roles) {
            memberOf = List.of(roles);
            return this;
        }

        Wanted admin(String role) {
            admin = Optional.of(role);
            return this;
        }

        Wanted parameter(String parameter, String value) {
            parameters.put(parameter, value);
            return this;
        }

        Wanted limits(int connections, Instant end) {
            limits = new RoleLimits(Optional.of(connections), Optional.of(end));
            return this;
        }

        Wanted password(String text) {
            password = new RolePassword.Given(text);
            return this;
        }

        RoleSpec made() {
            return new RoleSpec(
                    name,
                    ours ? Optional.of(new TreeSet<>(attributes)) : Optional.empty(),
                    memberOf,
                    admin,
                    parameters,
                    limits,
                    password,
                    "manifest");
        }
    }
}
