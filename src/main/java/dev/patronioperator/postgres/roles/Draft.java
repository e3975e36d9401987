package dev.patronioperator.postgres.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/** A change of a role in the making: statements that happen together or not at all. */
final class Draft {

    /** Roles are the same in all databases; this one is always there. */
    private static final String DATABASE = "postgres";

    private final String role;
    private final List<Sql> statements = new ArrayList<>();
    private final List<String> because = new ArrayList<>();

    Draft(String role) {
        this.role = role;
    }

    Draft add(Sql statement, String reason) {
        statements.add(statement);
        because.add(reason);
        return this;
    }

    /** What is written down of all this has no reason of its own. */
    Draft record(List<Sql> record) {
        statements.addAll(record);
        return this;
    }

    /** The change, or none if nothing is to be done. */
    Stream<SqlChange> change() {
        return statements.isEmpty()
                ? Stream.empty()
                : Stream.of(SqlChange.of(
                        DATABASE,
                        new Subject.Role(role),
                        statements,
                        because.isEmpty() ? List.of("what the operator gave is written down") : because));
    }
}
