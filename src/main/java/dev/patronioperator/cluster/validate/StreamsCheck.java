package dev.patronioperator.cluster.validate;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.patronioperator.api.StreamSpec;
import dev.patronioperator.cluster.model.StreamingApplication;
import dev.patronioperator.sql.Sql;

/** Event streams: each needs a replication slot named after its database and application. */
final class StreamsCheck implements SpecCheck {

    private static final Pattern APPLICATION = Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
    private static final Pattern SLOT_PART = Pattern.compile("[a-z0-9_]*");
    private static final Pattern TABLE = Pattern.compile("[^\\s.]+(\\.[^\\s.]+)?");

    @Override
    public void check(Subject subject, Problems problems) {
        var streams = Absent.asEmpty(subject.spec().streams());
        var patroni = subject.spec().patroni();
        var slots = Absent.asEmpty(patroni == null ? null : patroni.slots());
        var owners = new HashMap<String, String>();
        for (int i = 0; i < streams.size(); i++) {
            var field = "spec.streams[" + i + "]";
            check(field, streams.get(i), problems);
            slot(field, streams.get(i), owners, slots, problems);
        }
    }

    /** Two readers of one slot would each miss what the other has read. */
    private static void slot(
            String field,
            StreamSpec stream,
            Map<String, String> owners,
            Map<String, Map<String, String>> others,
            Problems problems) {
        if (stream.applicationId() == null || stream.database() == null) {
            return;
        }
        var slot = StreamingApplication.slot(stream.database(), stream.applicationId());
        if (slot.length() > Forms.IDENTIFIER_LIMIT) {
            problems.refuse(
                    field + ".applicationId",
                    stream.applicationId(),
                    "makes the slot's name " + slot + " longer than 63 characters");
        }
        var owner = "application " + stream.applicationId() + " in database " + stream.database();
        var first = owners.putIfAbsent(slot, owner);
        if (first != null && !first.equals(owner)) {
            problems.refuse(
                    field + ".applicationId",
                    stream.applicationId(),
                    "makes the slot's name " + slot + ", which is that of " + first);
        }
        var other = others.get(slot);
        if (other != null
                && !(stream.database().equals(other.get("database"))
                        && StreamingApplication.PLUGIN.equals(other.get("plugin")))) {
            problems.refuse(
                    "spec.patroni.slots[" + slot + "]",
                    "is the slot of " + owner + ": leave it out, or give it that database and plugin: "
                            + StreamingApplication.PLUGIN);
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
