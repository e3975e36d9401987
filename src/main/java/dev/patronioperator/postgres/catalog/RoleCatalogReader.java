package dev.patronioperator.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.patronioperator.postgres.roles.Given;
import dev.patronioperator.postgres.roles.RoleAttribute;
import dev.patronioperator.postgres.roles.RoleCatalog;
import dev.patronioperator.postgres.roles.RoleLimits;
import dev.patronioperator.postgres.roles.RoleState;
import dev.patronioperator.postgres.secrets.PasswordEncryption;
import dev.patronioperator.postgres.secrets.PasswordVerifier;
import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.sql.Sql;

/** Reads all roles in one question, whatever their number. */
public final class RoleCatalogReader {

    /** PostgreSQL's own roles, {@code pg_monitor} and its like, are nobody's to change; they have no OID that a user's role could have. */
    private static final Sql ROLES = Sql.of(
            """
            SELECT r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication, r.rolbypassrls,
                   r.rolpassword, r.rolconnlimit, r.rolvaliduntil, current_setting(?) AS encryption,
                   ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                          WHERE m.member = r.oid) AS member_of,
                   ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.member
                          WHERE m.roleid = r.oid AND m.admin_option) AS admins,
                   coalesce((SELECT s.setconfig FROM pg_db_role_setting s WHERE s.setrole = r.oid AND s.setdatabase = 0), ?) AS settings,
                   CASE WHEN r.rolname ~ ?
                        THEN ARRAY(SELECT DISTINCT coalesce(d.datname::text, ?)
                                     FROM pg_shdepend s LEFT JOIN pg_database d ON d.oid = s.dbid
                                    WHERE s.refclassid = ?::regclass AND s.refobjid = r.oid)
                        ELSE ARRAY[]::text[] END AS owning
              FROM pg_authid r
            """,
            Sql.value("password_encryption"),
            Sql.value("{}"),
            Sql.value("[0-9]{6}$"),
            Sql.value(""),
            Sql.value("pg_authid"));

    private RoleCatalogReader() {}

    public static RoleCatalog read(SqlSession session) throws SQLException {
        var rows = session.query(ROLES, row -> new Row(state(row), row.getString("encryption")));
        var encryption = rows.stream()
                .findFirst()
                .flatMap(row -> PasswordEncryption.of(row.encryption()))
                .orElse(PasswordEncryption.SCRAM_SHA_256);
        return new RoleCatalog(
                rows.stream().map(Row::role).collect(Collectors.toMap(RoleState::name, role -> role)), encryption);
    }

    private record Row(RoleState role, String encryption) {}

    private static RoleState state(ResultSet row) throws SQLException {
        var attributes = EnumSet.noneOf(RoleAttribute.class);
        for (var attribute : RoleAttribute.values()) {
            if (row.getBoolean(attribute.column())) {
                attributes.add(attribute);
            }
        }
        var settings = Texts.settings(row.getArray("settings"));
        var given = Given.read(settings);
        settings.keySet().removeIf(Given::isRecord);
        return new RoleState(
                row.getString("rolname"),
                attributes,
                Optional.ofNullable(row.getString("rolpassword")).flatMap(PasswordVerifier::parse),
                Set.copyOf(Texts.of(row.getArray("member_of"))),
                Set.copyOf(Texts.of(row.getArray("admins"))),
                settings,
                RoleLimits.read(row.getInt("rolconnlimit"), row.getObject("rolvaliduntil", OffsetDateTime.class)),
                given,
                Set.copyOf(Texts.of(row.getArray("owning"))));
    }
}
