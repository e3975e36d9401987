package dev.patronioperator.cluster.desired;

import java.util.Collection;
import java.util.Map;

/**
 * JSON to the letter as Go's {@code encoding/json} writes it: no blanks, and {@code <}, {@code >}, {@code &} escaped. The text is the value of an environment variable;
 * one character of difference to the peer's would replace every pod of a cluster that is taken over.
 *
 * <p>Entries are written in the order of the map.
 */
final class GoJson {

    private GoJson() {}

    /** Maps, collections, texts, numbers and booleans. */
    static String write(Object value) {
        var json = new StringBuilder();
        append(json, value);
        return json.toString();
    }

    private static void append(StringBuilder json, Object value) {
        switch (value) {
            case Map<?, ?> map -> appendMap(json, map);
            case Collection<?> list -> appendList(json, list);
            case String text -> appendText(json, text);
            case Number number -> json.append(number);
            case Boolean flag -> json.append(flag);
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        }
    }

    private static void appendMap(StringBuilder json, Map<?, ?> map) {
        var separator = '{';
        for (var entry : map.entrySet()) {
            json.append(separator);
            appendText(json, entry.getKey().toString());
            json.append(':');
            append(json, entry.getValue());
            separator = ',';
        }
        json.append(map.isEmpty() ? "{}" : "}");
    }

    private static void appendList(StringBuilder json, Collection<?> list) {
        var separator = '[';
        for (var item : list) {
            json.append(separator);
            append(json, item);
            separator = ',';
        }
        json.append(list.isEmpty() ? "[]" : "]");
    }

    private static void appendText(StringBuilder json, String text) {
        json.append('"');
        text.codePoints().forEach(character -> appendCharacter(json, character));
        json.append('"');
    }

    private static void appendCharacter(StringBuilder json, int character) {
        switch (character) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '<', '>', '&', 0x2028, 0x2029 -> json.append(String.format("\\u%04x", character));
            default -> {
                if (character < ' ') {
                    json.append(String.format("\\u%04x", character));
                } else {
                    json.appendCodePoint(character);
                }
            }
        }
    }
}
