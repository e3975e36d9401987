package dev.patronioperator.postgres.streams;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.patronioperator.sql.Obstacle;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/**
 * The changes that make the publications of one database those of the wanted event streams. Pure.
 *
 * <p>A publication that the operator makes or takes over bears a mark, as its comment. By that mark it is known when nothing asks for it
 * any more, whoever looks then; and by it the slot of the same name is known to be the operator's. So it goes last: after the stream that
 * reads and the slot that it reads from.
 *
 * <p>Taken over is what bears the name of a wanted stream, or of a slot that a stream reads from, and belongs to the superuser, as those
 * do that the peer made. What belongs to somebody else, or has neither mark nor such a name, is left alone.
 */
public final class PublicationConvergence {

    /** The comment of a publication that is the operator's. */
    public static final String MARK = "Made by patroni-operator for an event stream; goes with it.";

    /** Rows of an outbox are written once, and some are corrected; what is deleted is no event. */
    private static final Set<String> OPERATIONS = new TreeSet<>(Set.of("insert", "update"));

    private final String database;
    private final Map<String, PublicationState> found = new LinkedHashMap<>();
    private final String superuser;
    private final SlotsInUse slots;
    private final List<SqlChange> changes = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final Set<String> right = new TreeSet<>();
    private final Set<String> unmarked = new TreeSet<>();
    private final Set<String> leftover = new TreeSet<>();

    /**
     * What differs.
     *
     * @param right wanted publications that are as they should be
     * @param unmarked publications that are about to be taken over only to be dropped, once it is written down that they are ours
     * @param leftover publications of ours that nothing asks for any more
     * @param obstacles wanted publications that cannot be made
     */
    public record Planned(
            List<SqlChange> changes,
            Set<String> right,
            Set<String> unmarked,
            Set<String> leftover,
            List<Obstacle> obstacles) {
        public Planned {
            changes = List.copyOf(changes);
            right = Set.copyOf(right);
            unmarked = Set.copyOf(unmarked);
            leftover = Set.copyOf(leftover);
            obstacles = List.copyOf(obstacles);
        }
    }

    private PublicationConvergence(
            String database, Collection<PublicationState> found, String superuser, SlotsInUse slots) {
        this.database = database;
        found.forEach(publication -> this.found.put(publication.name(), publication));
        this.superuser = superuser;
        this.slots = slots;
    }

    /**
     * @param wanted those of this database
     * @param found those that the database has
     * @param superuser whom those belong to that the operator makes
     */
    public static Planned plan(
            String database,
            Collection<PublicationSpec> wanted,
            Collection<PublicationState> found,
            String superuser,
            SlotsInUse slots) {
        var convergence = new PublicationConvergence(database, found, superuser, slots);
        wanted.forEach(convergence::wanted);
        var names = wanted.stream().map(PublicationSpec::name).toList();
        found.stream()
                .filter(publication -> !names.contains(publication.name()))
                .filter(publication -> !slots.asked().contains(publication.name()))
                .forEach(convergence::unwanted);
        return new Planned(
                convergence.changes,
                convergence.right,
                convergence.unmarked,
                convergence.leftover,
                convergence.obstacles);
    }

    private void wanted(PublicationSpec publication) {
        var present = found.get(publication.name());
        if (present == null) {
            make(publication);
        } else if (present.isOurs() || present.owner().equals(superuser)) {
            correct(publication, present);
        } else {
            obstacles.add(new Obstacle(
                    about(publication.name()).text(),
                    "belongs to role " + present.owner(),
                    "Drop it, or choose another applicationId for the stream"));
        }
    }

    private void make(PublicationSpec publication) {
        change(
                publication.name(),
                List.of(
                        Sql.of(
                                "CREATE PUBLICATION ? FOR TABLE ? WITH (publish = ?)",
                                Sql.name(publication.name()),
                                tables(publication),
                                operations()),
                        mark(publication.name())),
                List.of("does not exist"));
    }

    private void correct(PublicationSpec publication, PublicationState present) {
        var name = Sql.name(publication.name());
        var statements = new ArrayList<Sql>();
        var because = new ArrayList<String>();
        if (!present.tables().equals(publication.tables())) {
            statements.add(Sql.of("ALTER PUBLICATION ? SET TABLE ?", name, tables(publication)));
            because.add("tables: " + present.tables() + " -> " + publication.tables());
        }
        if (!present.operations().containsAll(OPERATIONS)) {
            statements.add(Sql.of("ALTER PUBLICATION ? SET (publish = ?)", name, operations()));
            because.add("publish: " + new TreeSet<>(present.operations()) + " -> " + OPERATIONS);
        }
        if (statements.isEmpty()) {
            right.add(publication.name());
        }
        if (!present.isOurs()) {
            statements.add(mark(publication.name()));
            because.add("is taken over");
        }
        if (!statements.isEmpty()) {
            change(publication.name(), statements, because);
        }
    }

    private void unwanted(PublicationState publication) {
        var name = publication.name();
        if (!publication.isOurs()) {
            if (slots.read().contains(name) && publication.owner().equals(superuser)) {
                unmarked.add(name);
                change(name, List.of(mark(name)), List.of("is taken over, to be dropped after its event stream"));
            }
            return;
        }
        leftover.add(name);
        if (!slots.all().contains(name)) {
            change(
                    name,
                    List.of(Sql.of("DROP PUBLICATION ?", Sql.name(name))),
                    List.of("its event stream is not wanted any more"));
        }
    }

    private void change(String publication, List<Sql> statements, List<String> because) {
        changes.add(SqlChange.of(database, about(publication), statements, because));
    }

    private Subject about(String publication) {
        return new Subject.Publication(publication, database);
    }

    private static Sql mark(String publication) {
        return Sql.of("COMMENT ON PUBLICATION ? IS ?", Sql.name(publication), Sql.value(MARK));
    }

    private static Sql tables(PublicationSpec publication) {
        return Sql.list(publication.tables().stream()
                .map(table -> Sql.name(table.schema(), table.name()))
                .toList());
    }

    private static Sql operations() {
        return Sql.value(String.join(", ", OPERATIONS));
    }
}
