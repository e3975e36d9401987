package dev.patronioperator.postgres.databases;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.patronioperator.sql.Sql;

/**
 * A privilege that objects made by a role have from the start (ALTER DEFAULT PRIVILEGES).
 *
 * @param maker the role whose objects are meant
 * @param schema where they are made; everywhere in the database if empty
 */
public record DefaultGrant(String maker, Optional<String> schema, Kind kind, Privilege privilege, String grantee) {

    /** Kinds of objects; the letter is that of {@code pg_default_acl.defaclobjtype}. */
    public enum Kind {
        TABLES('r'),
        SEQUENCES('S'),
        FUNCTIONS('f'),
        TYPES('T'),
        SCHEMAS('n');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        /** The kind of a row of {@code pg_default_acl}; empty for one that the operator never writes. */
        public static Optional<Kind> of(String letter) {
            return Stream.of(values())
                    .filter(kind -> letter.equals(String.valueOf(kind.letter)))
                    .findFirst();
        }
    }

    /** Privileges as PostgreSQL names them. */
    public enum Privilege {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        USAGE,
        EXECUTE
    }

    /** What a reader and a writer may do with what the maker makes; a writer is a reader too. */
    static List<DefaultGrant> of(String maker, Optional<String> schema, String prefix) {
        var reader = prefix + "_reader";
        var writer = prefix + "_writer";
        var grants = Stream.of(
                new DefaultGrant(maker, schema, Kind.TABLES, Privilege.SELECT, reader),
                new DefaultGrant(maker, schema, Kind.SEQUENCES, Privilege.SELECT, reader),
                new DefaultGrant(maker, schema, Kind.TABLES, Privilege.INSERT, writer),
                new DefaultGrant(maker, schema, Kind.TABLES, Privilege.UPDATE, writer),
                new DefaultGrant(maker, schema, Kind.TABLES, Privilege.DELETE, writer),
                new DefaultGrant(maker, schema, Kind.SEQUENCES, Privilege.USAGE, writer),
                new DefaultGrant(maker, schema, Kind.SEQUENCES, Privilege.UPDATE, writer),
                new DefaultGrant(maker, schema, Kind.FUNCTIONS, Privilege.EXECUTE, reader),
                new DefaultGrant(maker, schema, Kind.FUNCTIONS, Privilege.EXECUTE, writer),
                new DefaultGrant(maker, schema, Kind.TYPES, Privilege.USAGE, reader),
                new DefaultGrant(maker, schema, Kind.TYPES, Privilege.USAGE, writer));
        // Schemas are in no schema.
        var schemas = Stream.of(reader, writer)
                .map(role -> new DefaultGrant(maker, schema, Kind.SCHEMAS, Privilege.USAGE, role));
        return (schema.isPresent() ? grants : Stream.concat(grants, schemas)).toList();
    }

    Sql statement() {
        var where = schema.map(name -> Sql.of("IN SCHEMA ? ", Sql.name(name))).orElse(Sql.of(""));
        return Sql.of(
                "ALTER DEFAULT PRIVILEGES FOR ROLE ? ?GRANT ? ON ? TO ?",
                Sql.name(maker),
                where,
                Sql.keyword(privilege),
                Sql.keyword(kind),
                Sql.name(grantee));
    }
}
