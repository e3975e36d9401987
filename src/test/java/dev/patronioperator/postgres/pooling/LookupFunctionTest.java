package dev.patronioperator.postgres.pooling;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.patronioperator.postgres.catalog.LookupFunctionReader;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlChanges;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgresql")
class LookupFunctionTest {

    private static final String DATABASE = "postgres";
    private static final LookupFunction FUNCTION = new LookupFunction("pooler \"x\"", "my-pooler");

    private final EmbeddedServer server = EmbeddedServer.shared();
    private final JdbcSessions sessions = new JdbcSessions();

    @BeforeEach
    void aPoolersRoleAndNoFunction() {
        FUNCTION.remove(DATABASE, state()).ifPresent(this::carryOut);
        server.with(DATABASE, session -> {
            if (session.query(Sql.of("SELECT FROM pg_roles WHERE rolname = ?", Sql.value(FUNCTION.user())), row -> true)
                    .isEmpty()) {
                session.execute(Sql.of("CREATE ROLE ? LOGIN PASSWORD ?", Sql.name("my-pooler"), Sql.value("secret")));
                session.execute(Sql.of("CREATE ROLE ? LOGIN PASSWORD ?", Sql.name("a-client"), Sql.value("secret")));
            }
            return true;
        });
    }

    @Test
    void givesThePoolerTheVerifierAndNobodyElse() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(lookup("my-pooler")).isInstanceOfSatisfying(SqlAnswer.Done.class, done -> assertThat(
                        done.value().toString())
                .startsWith("[SCRAM-SHA-256$"));
        assertThat(lookup("a-client")).isInstanceOf(SqlAnswer.Failed.class);
    }

    @Test
    void givesNothingOfAPasswordThatHasExpired() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        validUntil("2001-01-01");

        assertThat(lookup("my-pooler")).isInstanceOfSatisfying(SqlAnswer.Done.class, done -> assertThat(
                        done.value().toString())
                .isEqualTo("[null]"));

        validUntil("infinity");
        assertThat(lookup("my-pooler")).isInstanceOfSatisfying(SqlAnswer.Done.class, done -> assertThat(
                        done.value().toString())
                .startsWith("[SCRAM-SHA-256$"));
    }

    private void validUntil(String date) {
        server.with(DATABASE, session -> {
            session.execute(Sql.of("ALTER ROLE ? VALID UNTIL ?", Sql.name("a-client"), Sql.value(date)));
            return true;
        });
    }

    @Test
    void isInstalledOnce() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(FUNCTION.install(DATABASE, state())).isEmpty();
    }

    @Test
    void isMendedWhenEverybodyMayCallIt() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        server.with(DATABASE, session -> {
            session.execute(Sql.of(
                    "GRANT EXECUTE ON FUNCTION ?(text) TO PUBLIC", Sql.name(FUNCTION.schema(), LookupFunction.NAME)));
            return true;
        });

        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(state().getFirst().callers()).containsExactly("my-pooler");
    }

    /** Other roles got it from somebody, by default, from one another, or because the pooler logged in as them. */
    @Test
    void nobodyElseKeepsAccessThatWasGiven() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        run(Sql.of("GRANT EXECUTE ON FUNCTION ?(text) TO ? WITH GRANT OPTION", name(), Sql.name("my-pooler")));
        run(Sql.of("GRANT USAGE ON SCHEMA ? TO ?", Sql.name(FUNCTION.schema()), Sql.name("a-client")));
        run(
                Sql.of("SET LOCAL ROLE ?", Sql.name("my-pooler")),
                Sql.of("GRANT EXECUTE ON FUNCTION ?(text) TO ?", name(), Sql.name("a-client")));
        assertThat(lookup("a-client")).isInstanceOf(SqlAnswer.Done.class);

        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(lookup("a-client")).isInstanceOf(SqlAnswer.Failed.class);
        assertThat(lookup("my-pooler")).isInstanceOf(SqlAnswer.Done.class);
        assertThat(FUNCTION.install(DATABASE, state())).isEmpty();
    }

    @Test
    void theRoleThatThePoolerLoggedInAsBeforeLosesAccess() {
        var before = new LookupFunction(FUNCTION.schema(), "a-client");
        carryOut(before.install(DATABASE, read(before)).orElseThrow());

        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(lookup("a-client")).isInstanceOf(SqlAnswer.Failed.class);
        assertThat(FUNCTION.install(DATABASE, state())).isEmpty();
    }

    @Test
    void aFunctionOfOneWhoIsNoSuperuserBecomesOurs() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        run(Sql.of("ALTER FUNCTION ?(text) OWNER TO ?", name(), Sql.name("a-client")));
        assertThat(state().getFirst().trusted()).isFalse();

        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(state().getFirst().trusted()).isTrue();
        assertThat(lookup("a-client")).isInstanceOf(SqlAnswer.Failed.class);
        assertThat(FUNCTION.install(DATABASE, state())).isEmpty();
    }

    @Test
    void whatIsLeftInTheSchemaOfBeforeGoesWithPoolersAndWithout() {
        var elsewhere = new LookupFunction("another", FUNCTION.user());
        for (var pooled : List.of(true, false)) {
            carryOut(elsewhere.install(DATABASE, state()).orElseThrow());

            FUNCTION.plan(DATABASE, pooled, state()).forEach(this::carryOut);

            assertThat(state())
                    .extracting(LookupFunction.State::schema)
                    .isEqualTo(pooled ? List.of("pooler \"x\"") : List.of());
            assertThat(schemas("another")).isZero();
            assertThat(FUNCTION.plan(DATABASE, pooled, state())).isEmpty();
        }
    }

    /** As PgBouncer's manual has it, which the Zalando operator took it from. */
    @Test
    void aFunctionThatSomebodyElseMadeInAnotherSchemaStays() {
        run(
                Sql.of("CREATE SCHEMA pgbouncer"),
                Sql.of(
                        "CREATE FUNCTION pgbouncer.user_lookup(IN i_username text, OUT uname text, OUT phash text) RETURNS record LANGUAGE plpgsql SECURITY DEFINER AS ?",
                        Sql.value(
                                "BEGIN SELECT usename, passwd FROM pg_catalog.pg_shadow WHERE usename = i_username INTO uname, phash; RETURN; END;")));

        assertThat(state()).extracting(LookupFunction.State::schema).containsExactly("pgbouncer");
        assertThat(FUNCTION.plan(DATABASE, false, state())).isEmpty();
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        assertThat(FUNCTION.plan(DATABASE, true, state())).isEmpty();

        run(Sql.of("DROP SCHEMA pgbouncer CASCADE"));
    }

    @Test
    void theSchemaPublicStaysThoughItIsEmpty() {
        var within = new LookupFunction("public", FUNCTION.user());
        carryOut(within.install(DATABASE, state()).orElseThrow());

        assertThat(state()).extracting(LookupFunction.State::alone).containsExactly(false);

        carryOut(within.remove(DATABASE, state()).orElseThrow());
    }

    private void run(Sql... statements) {
        server.with(DATABASE, session -> {
            session.executeTogether(List.of(statements));
            return true;
        });
    }

    private static Sql name() {
        return Sql.name(FUNCTION.schema(), LookupFunction.NAME);
    }

    @Test
    void goesWithItsSchemaButLeavesWhatOthersPutThere() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        table("CREATE TABLE ? ()");

        carryOut(FUNCTION.remove(DATABASE, state()).orElseThrow());
        assertThat(schemas()).isEqualTo(1);
        table("DROP TABLE ?");
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        carryOut(FUNCTION.remove(DATABASE, state()).orElseThrow());

        assertThat(schemas()).isZero();
        assertThat(FUNCTION.remove(DATABASE, state())).isEmpty();
    }

    private void table(String template) {
        server.with(DATABASE, session -> {
            session.execute(Sql.of(template, Sql.name(FUNCTION.schema(), "somebodys")));
            return true;
        });
    }

    private int schemas() {
        return schemas(FUNCTION.schema());
    }

    private int schemas(String name) {
        return server.<List<String>>with(
                        DATABASE,
                        session -> session.query(
                                Sql.of("SELECT nspname FROM pg_namespace WHERE nspname = ?", Sql.value(name)),
                                row -> row.getString(1)))
                .size();
    }

    private SqlAnswer<List<String>> lookup(String caller) {
        return sessions.with(
                server.as(caller, "secret"),
                DATABASE,
                session -> session.query(
                        Sql.of(
                                "SELECT phash FROM ?(?)",
                                Sql.name(FUNCTION.schema(), LookupFunction.NAME),
                                Sql.value("a-client")),
                        row -> row.getString(1)));
    }

    private List<LookupFunction.State> state() {
        return read(FUNCTION);
    }

    private List<LookupFunction.State> read(LookupFunction function) {
        return server.with(DATABASE, session -> LookupFunctionReader.read(session, function));
    }

    private void carryOut(SqlChange change) {
        EmbeddedServer.done(SqlChanges.carryOut(change, server.superuser(), sessions));
    }
}
