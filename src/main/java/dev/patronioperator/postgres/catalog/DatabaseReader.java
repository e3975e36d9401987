package dev.patronioperator.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.patronioperator.postgres.databases.DatabaseContents;
import dev.patronioperator.postgres.databases.DatabaseRecord;
import dev.patronioperator.postgres.databases.DefaultGrant;
import dev.patronioperator.postgres.databases.DefaultGrant.Kind;
import dev.patronioperator.postgres.databases.DefaultGrant.Privilege;
import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.sql.Sql;

/** Reads which databases there are, and what is in one of them. */
public final class DatabaseReader {

    private static final Sql DATABASES = Sql.of(
            """
            SELECT d.datname, pg_get_userbyid(d.datdba) AS owner,
                   ARRAY(SELECT unnest(s.setconfig) FROM pg_db_role_setting s WHERE s.setdatabase = d.oid AND s.setrole = 0) AS parameters
              FROM pg_database d WHERE d.datallowconn AND NOT d.datistemplate
            """);

    private static final Sql CLOSED = Sql.of("SELECT d.datname FROM pg_database d WHERE NOT d.datallowconn");

    /** Rows of several kinds in one answer: what, its name, and up to four more texts. */
    private static final Sql CONTENTS = Sql.of(
            """
            SELECT ? AS what, n.nspname::text AS name, pg_get_userbyid(a.grantee)::text AS one, pg_get_userbyid(n.nspowner)::text AS two,
                   NULL AS three, NULL AS four
              FROM pg_namespace n
              LEFT JOIN LATERAL aclexplode(n.nspacl) a ON a.privilege_type = ? AND a.grantee <> 0
             WHERE n.nspname !~ ? AND n.nspname <> ?
            UNION ALL
            SELECT ?, e.extname::text, n.nspname::text, e.extversion, e.extrelocatable::text, NULL
              FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            UNION ALL
            SELECT DISTINCT ?, v.name::text, NULL, NULL, NULL, NULL
              FROM pg_available_extension_versions v WHERE v.trusted
            UNION ALL
            SELECT ?, pg_get_userbyid(d.defaclrole)::text, coalesce(n.nspname::text, ?), d.defaclobjtype::text,
                   a.privilege_type, pg_get_userbyid(a.grantee)::text
              FROM pg_default_acl d
              LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
             CROSS JOIN LATERAL aclexplode(d.defaclacl) a
             WHERE a.grantee <> 0
            """,
            Sql.value("schema"),
            Sql.value("USAGE"),
            Sql.value("^pg_"),
            Sql.value("information_schema"),
            Sql.value("extension"),
            Sql.value("trusted"),
            Sql.value("default"),
            Sql.value(""));

    private DatabaseReader() {}

    /** All databases that one can connect to, templates left out, with their owners. */
    public static Map<String, String> databases(SqlSession session) throws SQLException {
        var databases = new TreeMap<String, String>();
        session.query(List.of(databases(databases, new TreeMap<>())));
        return databases;
    }

    /**
     * The question for them, to be asked together with others.
     *
     * @param owners gets the owner of each
     * @param records gets what is written down of each
     */
    public static SqlSession.Question databases(Map<String, String> owners, Map<String, DatabaseRecord> records) {
        return new SqlSession.Question(DATABASES, row -> {
            var name = row.getString("datname");
            owners.put(name, row.getString("owner"));
            records.put(name, DatabaseRecord.read(Texts.settings(row.getArray("parameters"))));
        });
    }

    /** The question for databases that take no connections: they are there, but what is in them is not to be known. */
    public static SqlSession.Question closed(Set<String> to) {
        return new SqlSession.Question(CLOSED, row -> to.add(row.getString("datname")));
    }

    /** What is in the session's database. */
    public static DatabaseContents contents(SqlSession session) throws SQLException {
        var contents = new Contents();
        session.query(List.of(contents.question()));
        return contents.read();
    }

    /** What has been read of what is in a database. */
    public static final class Contents {
        private final Map<String, String> owners = new HashMap<>();
        private final Map<String, Set<String>> users = new HashMap<>();
        private final Map<String, DatabaseContents.Extension> extensions = new HashMap<>();
        private final Set<String> trusted = new HashSet<>();
        private final Set<DefaultGrant> defaultGrants = new HashSet<>();

        /** The question for it, to be asked together with others. */
        public SqlSession.Question question() {
            return new SqlSession.Question(CONTENTS, this::add);
        }

        /** Once the question has been answered. */
        public DatabaseContents read() {
            var schemas = new HashMap<String, DatabaseContents.Schema>();
            owners.forEach((name, owner) -> schemas.put(name, new DatabaseContents.Schema(owner, users.get(name))));
            return new DatabaseContents(schemas, extensions, trusted, defaultGrants);
        }

        private void add(ResultSet row) throws SQLException {
            var name = row.getString("name");
            var one = row.getString("one");
            switch (row.getString("what")) {
                case "schema" -> {
                    owners.put(name, row.getString("two"));
                    var mayUse = users.computeIfAbsent(name, schema -> new HashSet<>());
                    if (one != null) {
                        mayUse.add(one);
                    }
                }
                case "extension" ->
                    extensions.put(
                            name,
                            new DatabaseContents.Extension(
                                    one, row.getString("two"), "true".equals(row.getString("three"))));
                case "trusted" -> trusted.add(name);
                default -> defaultGrant(name, row);
            }
        }

        /** Kinds and privileges that the operator never gives are not looked at. */
        private void defaultGrant(String maker, ResultSet row) throws SQLException {
            var schema = Optional.of(row.getString("one")).filter(name -> !name.isEmpty());
            var kind = Kind.of(row.getString("two"));
            var privilege = privilege(row.getString("three"));
            var grantee = row.getString("four");
            kind.ifPresent(of -> privilege.ifPresent(
                    given -> defaultGrants.add(new DefaultGrant(maker, schema, of, given, grantee))));
        }

        private static Optional<Privilege> privilege(String name) {
            for (var privilege : Privilege.values()) {
                if (privilege.name().equals(name)) {
                    return Optional.of(privilege);
                }
            }
            return Optional.empty();
        }
    }
}
