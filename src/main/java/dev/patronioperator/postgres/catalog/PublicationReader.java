package dev.patronioperator.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.postgres.streams.PublicationConvergence;
import dev.patronioperator.postgres.streams.PublicationState;
import dev.patronioperator.postgres.streams.TableName;
import dev.patronioperator.sql.Sql;

/** Reads the publications of the session's database that can be those of event streams, and the logical replication slots of the server. */
public final class PublicationReader {

    /** What the names of event streams' slots and publications begin with. */
    private static final String PREFIX = "^fes_";

    private static final Sql PUBLICATIONS = Sql.of(
            """
            SELECT p.pubname, pg_get_userbyid(p.pubowner)::text AS owner, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
                   coalesce(obj_description(p.oid, ?) = ?, false) AS ours,
                   ARRAY(SELECT n.nspname::text FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid
                           JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid ORDER BY c.oid) AS schemas,
                   ARRAY(SELECT c.relname::text FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid
                          WHERE r.prpubid = p.oid ORDER BY c.oid) AS names
              FROM pg_publication p WHERE p.pubname ~ ?
            """,
            Sql.value("pg_publication"),
            Sql.value(PublicationConvergence.MARK),
            Sql.value(PREFIX));

    private static final Sql SLOTS =
            Sql.of("SELECT slot_name, database FROM pg_replication_slots WHERE database IS NOT NULL");

    private PublicationReader() {}

    /** The question for publications; what is found goes to the consumer. */
    public static SqlSession.Question publications(Consumer<PublicationState> to) {
        return new SqlSession.Question(PUBLICATIONS, row -> to.accept(publication(row)));
    }

    /** The question for slots, each with its database, in whichever database it is asked. */
    public static SqlSession.Question slots(Map<String, String> to) {
        return new SqlSession.Question(SLOTS, row -> to.put(row.getString("slot_name"), row.getString("database")));
    }

    private static PublicationState publication(ResultSet row) throws SQLException {
        return new PublicationState(
                row.getString("pubname"),
                row.getString("owner"),
                row.getBoolean("ours"),
                operations(row),
                tables(Texts.of(row.getArray("schemas")), Texts.of(row.getArray("names"))));
    }

    private static Set<String> operations(ResultSet row) throws SQLException {
        var operations = new HashSet<String>();
        for (var operation : List.of("insert", "update", "delete", "truncate")) {
            if (row.getBoolean("pub" + operation)) {
                operations.add(operation);
            }
        }
        return operations;
    }

    private static SortedSet<TableName> tables(List<String> schemas, List<String> names) {
        var tables = new TreeSet<TableName>();
        for (int i = 0; i < names.size(); i++) {
            tables.add(new TableName(schemas.get(i), names.get(i)));
        }
        return tables;
    }
}
