package dev.patronioperator.cluster.validate;

import java.util.List;
import java.util.Map;

/** Lists and maps of a manifest, empty when absent. */
final class Absent {

    private Absent() {}

    static <T> List<T> asEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    static <K, V> Map<K, V> asEmpty(Map<K, V> map) {
        return map == null ? Map.of() : map;
    }
}
