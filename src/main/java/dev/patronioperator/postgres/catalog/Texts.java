package dev.patronioperator.postgres.catalog;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads arrays of texts. */
final class Texts {

    private Texts() {}

    static List<String> of(Array array) throws SQLException {
        return Stream.of((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    /** Reads parameters as {@code pg_db_role_setting} has them, {@code name=value}. */
    static SortedMap<String, String> settings(Array array) throws SQLException {
        var settings = new TreeMap<String, String>();
        for (var setting : of(array)) {
            var equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return settings;
    }
}
