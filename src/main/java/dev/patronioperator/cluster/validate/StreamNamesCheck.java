package dev.patronioperator.cluster.validate;

import java.util.HashMap;
import java.util.Map;

import dev.patronioperator.api.StreamSpec;
import dev.patronioperator.cluster.model.StreamingApplication;
import dev.patronioperator.kubernetes.naming.Names;

/**
 * Names that follow from event streams: one of publication and slot for each database and application, one of the object for each
 * application. Two readers of one slot would each miss what the other has read, and two applications would overwrite each other's object.
 */
final class StreamNamesCheck implements SpecCheck {

    /** An entry of the manifest that has a name. */
    private record Holder(String field, String database, String application) {

        String inWords() {
            return "application " + application + " in database " + database;
        }

        boolean isSameStreamAs(Holder other) {
            return database.equals(other.database) && application.equals(other.application);
        }
    }

    @Override
    public void check(Subject subject, Problems problems) {
        var streams = Absent.asEmpty(subject.spec().streams());
        var slots = new HashMap<String, Holder>();
        var objects = new HashMap<String, Holder>();
        for (int i = 0; i < streams.size(); i++) {
            var stream = streams.get(i);
            if (stream.applicationId() != null && stream.database() != null) {
                var holder = new Holder("spec.streams[" + i + "]", stream.database(), stream.applicationId());
                slot(subject, stream, holder, slots, problems);
                object(subject, holder, objects, problems);
            }
        }
    }

    private static void slot(
            Subject subject, StreamSpec stream, Holder holder, Map<String, Holder> holders, Problems problems) {
        var field = holder.field() + ".applicationId";
        var slot = StreamingApplication.slot(stream.database(), stream.applicationId());
        if (slot.length() > Forms.IDENTIFIER_LIMIT) {
            problems.refuse(
                    field, holder.application(), "makes the slot's name " + slot + " longer than 63 characters");
        }
        var first = holders.putIfAbsent(slot, holder);
        if (first != null && !first.isSameStreamAs(holder)) {
            problems.refuse(
                    field,
                    holder.application(),
                    "makes " + slot + " the name of publication and slot, which is that of " + first.field() + " ("
                            + first.inWords()
                            + "): only entries with the same applicationId and database may share it");
        }
        if (isOfMember(slot, subject.name())) {
            problems.refuse(
                    field,
                    holder.application(),
                    "makes the slot's name " + slot + ", which is that of the slot of a replica: "
                            + "choose one that is not a number");
        }
        asked(subject, slot, holder, problems);
    }

    /** Patroni names the slots of members after their pods. */
    private static boolean isOfMember(String slot, String cluster) {
        var prefix = cluster == null ? "" : cluster.replace('-', '_') + "_";
        return !prefix.isEmpty()
                && slot.startsWith(prefix)
                && slot.substring(prefix.length()).matches("\\d+");
    }

    /** The manifest may describe the slot of a stream by itself, if it is the same. */
    private static void asked(Subject subject, String slot, Holder holder, Problems problems) {
        var patroni = subject.spec().patroni();
        var asked = Absent.asEmpty(patroni == null ? null : patroni.slots()).get(slot);
        if (asked != null
                && !(holder.database().equals(asked.get("database"))
                        && StreamingApplication.PLUGIN.equals(asked.get("plugin")))) {
            problems.refuse(
                    "spec.patroni.slots[" + slot + "]",
                    "is the slot of " + holder.field() + " (" + holder.inWords()
                            + "): leave it out, or give it that database and plugin: " + StreamingApplication.PLUGIN);
        }
    }

    private static void object(Subject subject, Holder holder, Map<String, Holder> holders, Problems problems) {
        var object = new Names(String.valueOf(subject.name())).eventStream(holder.application());
        var first = holders.putIfAbsent(object, holder);
        if (first != null && !first.application().equals(holder.application())) {
            problems.refuse(
                    holder.field() + ".applicationId",
                    holder.application(),
                    "makes " + object + " the name of the FabricEventStream, which is that of " + first.field()
                            + ".applicationId (" + first.application()
                            + "): choose another one, only entries of one application share it");
        }
    }
}
