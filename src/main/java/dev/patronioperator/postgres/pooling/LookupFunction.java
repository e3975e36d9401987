package dev.patronioperator.postgres.pooling;

import java.util.List;
import java.util.Optional;

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
     * connections to the server already, and would not notice.
     */
    private static final String BODY = "SELECT usename::text, CASE WHEN valuntil < now() THEN NULL ELSE passwd END "
            + "FROM pg_catalog.pg_shadow WHERE usename = i_username";

    private static final String FIXED_PATH = "search_path=pg_catalog, pg_temp";

    /**
     * The function as a database has it.
     *
     * @param body its source
     * @param definer whether it runs with its owner's rights
     * @param settings fixed while it runs, as {@code name=value}
     * @param callers roles that may call it, owner left out; an empty name stands for everybody
     * @param usable whether the pooler's role may use its schema
     * @param alone whether nothing else is in its schema
     */
    public record State(
            String body, boolean definer, List<String> settings, List<String> callers, boolean usable, boolean alone) {

        public State {
            settings = List.copyOf(settings);
            callers = List.copyOf(callers);
        }
    }

    /** What makes the function callable by the pooler, if it is not already. */
    public Optional<SqlChange> install(String database, Optional<State> found) {
        if (found.filter(this::isRight).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(SqlChange.of(
                database,
                new Subject.LookupFunction(database),
                List.of(
                        Sql.of("CREATE SCHEMA IF NOT EXISTS ?", Sql.name(schema)),
                        Sql.of(
                                "CREATE OR REPLACE FUNCTION ?(IN i_username text, OUT uname text, OUT phash text) RETURNS record LANGUAGE sql SECURITY DEFINER SET search_path TO pg_catalog, pg_temp AS ?",
                                Sql.name(schema, NAME),
                                Sql.value(BODY)),
                        Sql.of("REVOKE ALL ON FUNCTION ?(text) FROM PUBLIC", Sql.name(schema, NAME)),
                        Sql.of("GRANT EXECUTE ON FUNCTION ?(text) TO ?", Sql.name(schema, NAME), Sql.name(user)),
                        Sql.of("GRANT USAGE ON SCHEMA ? TO ?", Sql.name(schema), Sql.name(user))),
                List.of(found.isEmpty() ? "does not exist" : "is not as it should be")));
    }

    /** What takes the function away again, and its schema if nothing else is in it. */
    public Optional<SqlChange> remove(String database, Optional<State> found) {
        return found.map(state -> SqlChange.of(
                database,
                new Subject.LookupFunction(database),
                state.alone()
                        ? List.of(dropFunction(), Sql.of("DROP SCHEMA ?", Sql.name(schema)))
                        : List.of(dropFunction()),
                List.of("there is no pooler")));
    }

    private Sql dropFunction() {
        return Sql.of("DROP FUNCTION ?(text)", Sql.name(schema, NAME));
    }

    private boolean isRight(State state) {
        return state.body().equals(BODY)
                && state.definer()
                && state.settings().equals(List.of(FIXED_PATH))
                && state.callers().equals(List.of(user))
                && state.usable();
    }

    /** Asks for the function's state in a database; no row if it is not there. */
    public Sql question() {
        return Sql.of(
                """
                SELECT p.prosrc, p.prosecdef, coalesce(p.proconfig, ?) AS settings,
                       ARRAY(SELECT CASE WHEN a.grantee = 0 THEN ? ELSE pg_get_userbyid(a.grantee)::text END
                               FROM aclexplode(coalesce(p.proacl, acldefault(?, p.proowner))) a
                              WHERE a.grantee <> p.proowner ORDER BY 1) AS callers,
                       coalesce((SELECT has_schema_privilege(r.oid, n.oid, ?) FROM pg_roles r WHERE r.rolname = ?), false) AS usable,
                       NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = ?::regclass AND d.refobjid = n.oid AND d.objid <> p.oid) AS alone
                  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                 WHERE n.nspname = ? AND p.proname = ? AND pg_get_function_identity_arguments(p.oid) LIKE ?
                """,
                Sql.value("{}"),
                Sql.value(""),
                Sql.value("f"),
                Sql.value("USAGE"),
                Sql.value(user),
                Sql.value("pg_namespace"),
                Sql.value(schema),
                Sql.value(NAME),
                Sql.value("%i_username text%"));
    }
}
