package dev.patronioperator.postgres.pooling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/**
 * The function through which PgBouncer's {@code auth_query} asks for the verifier of a role, in a schema of its own. It runs with the
 * rights of the superuser who made it, since nobody else reads {@code pg_shadow}; so its search path is fixed, and only the pooler's role
 * may call it.
 *
 * @param schema where it is
 * @param user the pooler's role
 * @see <a href="https://www.pgbouncer.org/config.html#auth_query">auth_query</a>
 */
public record LookupFunction(String schema, String user) {

    static final String NAME = "user_lookup";

    /**
     * Signature and result are the peer's, so that poolers of both can call it. A password that has expired lets nobody in: PgBouncer has
     * connections to the server already, and would not notice. It is also what our function is known by in a schema where no pooler looks
     * any more: the peer's has the body that PgBouncer's manual has, so that there it may be anybody's.
     */
    private static final String BODY = "SELECT usename::text, CASE WHEN valuntil < now() THEN NULL ELSE passwd END "
            + "FROM pg_catalog.pg_shadow WHERE usename = i_username";

    private static final Sql EVERYBODY = Sql.of("PUBLIC");

    private static final String FIXED_PATH = "search_path=pg_catalog, pg_temp";

    /**
     * A function of this name and signature as a database has it, in whatever schema.
     *
     * @param schema where it is
     * @param body its source
     * @param trusted whether its owner is a superuser: anybody else could make another function of it
     * @param definer whether it runs with its owner's rights
     * @param settings fixed while it runs, as {@code name=value}
     * @param callers roles that may call it, owner left out; an empty name stands for everybody
     * @param usable whether the pooler's role may use its schema
     * @param alone whether its schema was made for it, as far as one can see, and nothing else is in there
     */
    public record State(
            String schema,
            String body,
            boolean trusted,
            boolean definer,
            List<String> settings,
            List<String> callers,
            boolean usable,
            boolean alone) {

        public State {
            settings = List.copyOf(settings);
            callers = List.copyOf(callers);
        }
    }

    /** What a database needs, with poolers or without, so that there is this function, or none, and none where no pooler looks any more. */
    public List<SqlChange> plan(String database, boolean pooled, List<State> found) {
        return Stream.concat(
                        (pooled ? install(database, found) : remove(database, found)).stream(),
                        found.stream()
                                .filter(state -> !isHere(state) && isOurs(state))
                                .map(state -> drop(database, state, "no pooler looks in schema " + state.schema())))
                .toList();
    }

    /** What makes the function callable by the pooler, and by nobody else, if it is not so already. */
    public Optional<SqlChange> install(String database, List<State> found) {
        var here = found.stream().filter(this::isHere).findFirst();
        if (here.filter(this::isRight).isPresent()) {
            return Optional.empty();
        }
        var statements = new ArrayList<Sql>();
        statements.add(Sql.of("CREATE SCHEMA IF NOT EXISTS ?", Sql.name(schema)));
        statements.add(Sql.of(
                "CREATE OR REPLACE FUNCTION ?(IN i_username text, OUT uname text, OUT phash text) RETURNS record LANGUAGE sql SECURITY DEFINER SET search_path TO pg_catalog, pg_temp AS ?",
                Sql.name(schema, NAME),
                Sql.value(BODY)));
        if (here.filter(state -> !state.trusted()).isPresent()) {
            statements.add(Sql.of("ALTER FUNCTION ?(text) OWNER TO CURRENT_USER", Sql.name(schema, NAME)));
        }
        // A function that is replaced keeps its privileges, whoever gave them.
        statements.add(Sql.of(
                "REVOKE ALL ON FUNCTION ?(text) FROM ? CASCADE",
                Sql.name(schema, NAME),
                Sql.list(here.map(LookupFunction::callers).orElseGet(() -> List.of(EVERYBODY)))));
        statements.add(Sql.of("GRANT EXECUTE ON FUNCTION ?(text) TO ?", Sql.name(schema, NAME), Sql.name(user)));
        statements.add(Sql.of("GRANT USAGE ON SCHEMA ? TO ?", Sql.name(schema), Sql.name(user)));
        return Optional.of(SqlChange.of(
                database,
                new Subject.LookupFunction(database),
                statements,
                List.of(here.isEmpty() ? "does not exist" : "is not as it should be")));
    }

    private static List<Sql> callers(State found) {
        return Stream.concat(
                        Stream.of(EVERYBODY),
                        found.callers().stream().filter(name -> !name.isEmpty()).map(Sql::name))
                .toList();
    }

    /** What takes the function away again, and its schema if nothing else is in it. */
    Optional<SqlChange> remove(String database, List<State> found) {
        return found.stream()
                .filter(this::isHere)
                .findFirst()
                .map(state -> drop(database, state, "there is no pooler"));
    }

    private static SqlChange drop(String database, State found, String because) {
        var function = Sql.of("DROP FUNCTION ?(text)", Sql.name(found.schema(), NAME));
        return SqlChange.of(
                database,
                new Subject.LookupFunction(database),
                found.alone()
                        ? List.of(function, Sql.of("DROP SCHEMA ?", Sql.name(found.schema())))
                        : List.of(function),
                List.of(because));
    }

    private boolean isHere(State state) {
        return state.schema().equals(schema);
    }

    private static boolean isOurs(State state) {
        return state.body().equals(BODY)
                && state.trusted()
                && state.definer()
                && state.settings().equals(List.of(FIXED_PATH));
    }

    private boolean isRight(State state) {
        return isOurs(state) && state.callers().equals(List.of(user)) && state.usable();
    }

    /** Asks a database for all functions of this name and signature. */
    public Sql question() {
        return Sql.of(
                """
                SELECT n.nspname, p.prosrc, p.prosecdef, coalesce(p.proconfig, ?) AS settings,
                       (SELECT o.rolsuper FROM pg_roles o WHERE o.oid = p.proowner) AS trusted,
                       ARRAY(SELECT DISTINCT CASE WHEN a.grantee = 0 THEN ? ELSE pg_get_userbyid(a.grantee)::text END
                               FROM aclexplode(coalesce(p.proacl, acldefault(?, p.proowner))) a
                              WHERE a.grantee <> p.proowner ORDER BY 1) AS callers,
                       coalesce((SELECT has_schema_privilege(r.oid, n.oid, ?) FROM pg_roles r WHERE r.rolname = ?), false) AS usable,
                       n.nspowner = p.proowner AND n.nspname <> ?
                         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = ?::regclass AND d.refobjid = n.oid AND d.objid <> p.oid) AS alone
                  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                 WHERE p.proname = ? AND p.pronargs = 1 AND pg_get_function_identity_arguments(p.oid) LIKE ?
                """,
                Sql.value("{}"),
                Sql.value(""),
                Sql.value("f"),
                Sql.value("USAGE"),
                Sql.value(user),
                Sql.value("public"),
                Sql.value("pg_namespace"),
                Sql.value(NAME),
                Sql.value("%i_username text%"));
    }
}
