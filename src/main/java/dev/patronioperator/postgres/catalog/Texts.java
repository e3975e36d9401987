package dev.patronioperator.postgres.catalog;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Reads arrays of texts. */
final class Texts {

    private Texts() {}

    static List<String> of(Array array) throws SQLException {
        return Stream.of((Object[]) array.getArray()).map(String::valueOf).toList();
    }
}
