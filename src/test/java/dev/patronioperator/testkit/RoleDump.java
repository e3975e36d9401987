package dev.patronioperator.testkit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.patronioperator.sql.Sql;

/** What {@code pg_dumpall --globals-only} says of roles, read from the catalogues; without passwords and without the operator's record. */
public record RoleDump(EmbeddedServer server) {

    private static final Sql CREATED = Sql.of(
            """
            SELECT rolname AS member, rolname AS granted, ? || rolname AS made, rolsuper AS is_superuser, rolcreaterole AS is_createrole,
                   rolcreatedb AS is_createdb, rolinherit AS is_inherit, rolcanlogin AS is_login, rolreplication AS is_replication,
                   rolbypassrls AS is_bypassrls,
                   CASE WHEN rolconnlimit >= 0 THEN ? || rolconnlimit END AS limited,
                   ? || to_char(rolvaliduntil AT TIME ZONE ?, ?) AS expiring
              FROM pg_authid
            """,
            Sql.value("CREATE ROLE "),
            Sql.value("CONNECTION LIMIT "),
            Sql.value("VALID UNTIL "),
            Sql.value("UTC"),
            Sql.value("YYYY-MM-DD HH24:MI:SS"));

    private static final Sql CONFIGURED = Sql.of(
            """
            SELECT r.rolname AS member, r.rolname AS granted, ? || r.rolname || ? || regexp_replace(setting, ?, ?) AS line
              FROM pg_db_role_setting s JOIN pg_authid r ON r.oid = s.setrole, unnest(s.setconfig) setting ORDER BY setting
            """,
            Sql.value("ALTER ROLE "),
            Sql.value(" SET "),
            Sql.value("="),
            Sql.value(" TO "));

    private static final Sql GRANTED = Sql.of(
            """
            SELECT m.rolname AS member, g.rolname AS granted, ? || g.rolname || ? || m.rolname AS line, a.admin_option AS is_admin
              FROM pg_auth_members a JOIN pg_authid m ON m.oid = a.member JOIN pg_authid g ON g.oid = a.roleid ORDER BY g.rolname
            """,
            Sql.value("GRANT "),
            Sql.value(" TO "));

    private record Line(String member, String granted, String text) {
        static Line read(ResultSet row) throws SQLException {
            var text = new ArrayList<String>();
            for (int column = 3; column <= row.getMetaData().getColumnCount(); column++) {
                var name = row.getMetaData().getColumnLabel(column);
                if (!name.startsWith("is_")) {
                    Optional.ofNullable(row.getString(column)).ifPresent(text::add);
                } else if (row.getBoolean(column)) {
                    text.add(name.substring("is_".length()).toUpperCase(Locale.ROOT));
                }
            }
            return new Line(row.getString(1), row.getString(2), String.join(" ", text));
        }

        boolean isOf(String prefix) {
            return Stream.of(member, granted)
                    .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(prefix));
        }
    }

    /** All about the roles whose names begin so, role by role; {@code GRANT a TO b} stands where b does. */
    public List<String> of(String prefix) {
        return Stream.of(CREATED, CONFIGURED, GRANTED)
                .flatMap(part -> server.with("postgres", session -> session.query(part, Line::read)).stream())
                .filter(line -> line.isOf(prefix) && !line.text().contains("patroni_operator."))
                .sorted(Comparator.comparing(Line::member))
                .map(Line::text)
                .toList();
    }
}
