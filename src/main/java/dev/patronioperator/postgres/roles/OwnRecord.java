package dev.patronioperator.postgres.roles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.patronioperator.sql.Sql;

/**
 * What the operator has written down of a role or a database. It stands in the database as parameters of the role or the database in a
 * class of their own, which mean nothing to PostgreSQL: it changes in the transaction that changes what it tells of, it goes with it, and
 * it is there after the operator has been restarted or replaced.
 *
 * @param values by their names in the class; an empty one is not written down
 */
public record OwnRecord(SortedMap<String, String> values) {

    private static final String CLASS = "patroni_operator";

    public OwnRecord {
        values = new TreeMap<>(values);
        values.values().removeIf(String::isEmpty);
        values = Collections.unmodifiableSortedMap(values);
    }

    /** Whether a parameter belongs to a record. */
    static boolean has(String parameter) {
        return parameter.startsWith(CLASS + ".");
    }

    /** Reads the record from among all parameters of a role or a database. */
    public static OwnRecord read(Map<String, String> parameters) {
        var values = new TreeMap<String, String>();
        parameters.forEach((parameter, value) -> {
            if (has(parameter)) {
                values.put(parameter.substring(CLASS.length() + 1), value);
            }
        });
        return new OwnRecord(values);
    }

    /** A value, empty if it is not written down. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** A value that is a {@linkplain #list list} of names. */
    public SortedSet<String> names(String name) {
        return new TreeSet<>(SettingList.parse(text(name)).names());
    }

    /** Names as a value. */
    public static String list(Collection<String> names) {
        return new SettingList(List.copyOf(names)).text();
    }

    /**
     * The statements that write this down in place of what is there.
     *
     * @param owner what it tells of: {@code ROLE name} or {@code DATABASE name}
     */
    public List<Sql> statements(Sql owner, OwnRecord before) {
        var statements = new ArrayList<Sql>();
        values.forEach((name, value) -> {
            if (!value.equals(before.text(name))) {
                statements.add(Sql.of("ALTER ? SET ? TO ?", owner, Sql.name(CLASS, name), Sql.value(value)));
            }
        });
        before.values.keySet().stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> statements.add(Sql.of("ALTER ? RESET ?", owner, Sql.name(CLASS, name))));
        return statements;
    }
}
