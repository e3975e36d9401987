package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.patronioperator.manifest.infrastructure.InfrastructureCredentials;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.settings.parameters.UsersParameters;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets of roles in which somebody has written the name of another role, on a real PostgreSQL. */
class EditedSecretsTest {

    private static final String EDITED =
            "drift: its username was another one than that of its role, and was not followed";

    private final EmbeddedServer server = EmbeddedServer.shared();

    @Test
    void thePasswordOfOneRoleIsNotGivenToAnotherAndTheNameIsPutBack() {
        var database = new OperatedDatabase("users: {es1_app: [], es1_other: []}\n").settle();
        database.edit("es1_app", "username", "es1_other");
        database.edit("es1_app", "password", "chosen");

        var plan = database.pass().plan();

        assertThat(plan.steps().getFirst().step().text()).startsWith("Apply Secret es1-app.");
        assertThat(plan.steps().getFirst().reasons().getFirst()).hasToString(EDITED);
        assertThat(PlanText.text(plan)).doesNotContain("chosen", "role es1_other");
        assertThat(database.letsIn("es1_other")).isTrue();
        assertThat(database.letsIn("es1_other", "chosen")).isFalse();
        assertThat(membersOf("es1_app")).containsExactly("admin");
        assertThat(database.settle().user("es1_app")).isEqualTo("es1_app");
        assertThat(database.letsIn("es1_app", "chosen"))
                .as("the password stays what the Secret says, of the role that it is of")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "es2_app,           'users: {es2_app: []}'",
        "es2_db_owner_user, 'preparedDatabases: {es2_db: {defaultUsers: true}}'",
        "es2_pool,          'connectionPooler: {user: es2_pool}'",
        "fes_user,          'streams: [{applicationId: app, database: es2, tables: {orders: {eventType: e}}}]'",
        "es2_robot,         ''"
    })
    void theSuperuserKeepsItsPasswordWhicheverSecretNamesIt(String role, String manifest) {
        var database = new OperatedDatabase(manifest).with(robot("es2_robot")).settle();
        var stored = verifier("postgres");
        database.edit(role, "username", "postgres");
        database.edit(role, "password", "chosen");

        database.pass();
        database.settle();

        assertThat(verifier("postgres")).isEqualTo(stored);
        assertThat(database.user(role)).isEqualTo(role);
        assertThat(database.letsIn(role)).isTrue();
        assertThat(database.password(role)).isEqualTo(role.equals("es2_robot") ? "its own" : "chosen");
    }

    @Test
    void aNameLikeThatOfARotatedLoginIsAnotherRolesIfTheManifestAsksForOne() {
        var database = new OperatedDatabase(
                        """
                        users: {es3_app: [], es3_app260101: []}
                        usersWithSecretRotation: [es3_app]
                        """)
                .settle();
        database.edit("es3_app", "username", "es3_app260101");
        database.edit("es3_app", "password", "chosen");

        database.pass();

        assertThat(database.letsIn("es3_app260101")).isTrue();
        assertThat(database.letsIn("es3_app260101", "chosen")).isFalse();
        assertThat(database.settle().user("es3_app")).isEqualTo("es3_app");
        assertThat(database.rotations())
                .allSatisfy(rotation -> assertThat(rotation.login()).isEqualTo("es3_app"));
    }

    @Test
    void nobodyTakesOverWhoseNameSomebodyHasWrittenIntoTheSecret() {
        var database = new OperatedDatabase(
                        """
                        users: {es4_app: [], es4_other: [], es4_app260102: []}
                        usersWithSecretRotation: [es4_app]
                        """)
                .settle();
        database.edit("es4_app", "pendingPassword", "chosen");

        assertThat(List.of("es4_other", "es4_app260102")).allSatisfy(other -> {
            database.edit("es4_app", "pendingUsername", other);
            database.settle();
            assertThat(database.letsIn(other)).isTrue();
            assertThat(database.letsIn(other, "chosen")).isFalse();
            assertThat(database.user("es4_app")).isEqualTo("es4_app");
        });
    }

    @Test
    void aRotationThatIsDueAndTheUrisWaitUntilTheNameIsRight() {
        var database = new OperatedDatabase(
                        """
                        users: {es5_app: [], es5_other: []}
                        usersWithInPlaceSecretRotation: [es5_app]
                        """)
                .configured(settings -> settings.with(UsersParameters.ENABLE_URIS_IN_SECRETS, true))
                .settle()
                .at("2026-04-01T12:00:01Z");
        var before = database.password("es5_app");
        database.edit("es5_app", "username", "es5_other");

        database.pass();

        assertThat(database.password("es5_app")).isEqualTo(before);
        assertThat(database.value("es5_app", "uri")).startsWith("postgresql://es5_app:");
        assertThat(database.settle().password("es5_app")).isNotEqualTo(before);
        assertThat(database.letsIn("es5_app")).isTrue();
        assertThat(database.value("es5_app", "uri")).startsWith("postgresql://es5_app:" + database.password("es5_app"));
    }

    private static InfrastructureCredentials robot(String name) {
        return new InfrastructureCredentials(name, "its own", List.of(), List.of(), Map.of(), Optional.empty());
    }

    private List<String> verifier(String role) {
        return answers(Sql.of("SELECT rolpassword FROM pg_authid WHERE rolname = ?", Sql.value(role)));
    }

    private List<String> membersOf(String role) {
        return answers(
                Sql.of("SELECT member::regrole::text FROM pg_auth_members WHERE roleid = ?::regrole", Sql.value(role)));
    }

    private List<String> answers(Sql question) {
        return server.with("postgres", session -> session.query(question, row -> row.getString(1)));
    }
}
