package dev.patronioperator.cluster.validate;

import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.patronioperator.api.StreamSpec;
import dev.patronioperator.sql.Sql;

/** Event streams, each by itself; what their names have to do with each other is {@link StreamNamesCheck}'s. */
final class StreamsCheck implements SpecCheck {

    private static final Pattern APPLICATION = Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
    private static final Pattern SLOT_PART = Pattern.compile("[a-z0-9_]*");
    private static final Pattern TABLE = Pattern.compile("[^\\s.]+(\\.[^\\s.]+)?");

    @Override
    public void check(Subject subject, Problems problems) {
        var streams = Absent.asEmpty(subject.spec().streams());
        for (int i = 0; i < streams.size(); i++) {
            check("spec.streams[" + i + "]", streams.get(i), problems);
        }
    }

    private static void check(String field, StreamSpec stream, Problems problems) {
        problems.present(field + ".applicationId", stream.applicationId(), "the application that owns the stream");
        problems.present(field + ".database", stream.database(), "the database of the tables");
        problems.matches(
                field + ".applicationId",
                stream.applicationId(),
                APPLICATION,
                "cannot be part of a slot's name: a-z, 0-9, - and _");
        problems.matches(
                field + ".database", stream.database(), SLOT_PART, "cannot be part of a slot's name: a-z, 0-9 and _");
        if (Absent.asEmpty(stream.tables()).isEmpty()) {
            problems.refuse(field + ".tables", "is missing: the tables to publish");
        }
        Absent.asEmpty(stream.tables()).forEach((table, description) -> {
            var at = field + ".tables[" + table + "]";
            if (problems.matches(at, table, TABLE, "is no table: name or schema.name")
                    && !Stream.of(table.split("\\.")).allMatch(Sql::isName)) {
                problems.refuse(at, table, "is no table: PostgreSQL keeps 63 bytes of a name");
            }
            problems.present(
                    at + ".eventType",
                    description == null ? null : description.eventType(),
                    "the event type of the rows");
        });
        problems.within(field + ".batchSize", stream.batchSize(), 0, Integer.MAX_VALUE);
        Amounts.read(field + ".cpu", stream.cpu(), problems);
        Amounts.read(field + ".memory", stream.memory(), problems);
    }
}
