package dev.patronioperator.patroni.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.patronioperator.patroni.model.PendingRestart;
import dev.patronioperator.plan.Known;

/**
 * The fields of one JSON object that Patroni wrote. Reading is tolerant: a field that is missing or of another type than expected is
 * absent or unknown by itself and leaves the rest readable. (A tree instead of mapped classes also needs no reflection.)
 */
record Fields(JsonNode object) {

    Optional<String> text(String name) {
        return Optional.of(object.path(name))
                .filter(JsonNode::isValueNode)
                .filter(node -> !node.isNull())
                .map(JsonNode::asText);
    }

    String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    boolean flag(String name) {
        return object.path(name).asBoolean(false);
    }

    /** Patroni writes {@code "unknown"} where it has no number, and some versions write numbers as text. */
    Known<Long> number(String name) {
        var node = object.path(name);
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return Known.of(node.longValue());
        }
        return text(name).map(text -> parseNumber(name, text)).orElseGet(() -> absent(name));
    }

    Known<Instant> instant(String name) {
        return text(name).map(text -> parseInstant(name, text)).orElseGet(() -> absent(name));
    }

    /** Seconds since 1970, as Python's {@code time.time()}. */
    Known<Instant> epoch(String name) {
        var node = object.path(name);
        return node.isNumber() && node.asLong() > 0 ? Known.of(Instant.ofEpochSecond(node.asLong())) : absent(name);
    }

    Fields object(String name) {
        return new Fields(object.path(name));
    }

    List<Fields> list(String name) {
        return StreamSupport.stream(object.path(name).spliterator(), false)
                .filter(JsonNode::isObject)
                .map(Fields::new)
                .toList();
    }

    Map<String, String> texts(String name) {
        var texts = new TreeMap<String, String>();
        object.path(name).properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                texts.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return texts;
    }

    PendingRestart pendingRestart() {
        var settings = new TreeMap<String, PendingRestart.Change>();
        object.path("pending_restart_reason").properties().forEach(entry -> {
            var change = new Fields(entry.getValue());
            settings.put(
                    entry.getKey(),
                    new PendingRestart.Change(change.textOrEmpty("old_value"), change.textOrEmpty("new_value")));
        });
        return new PendingRestart(flag("pending_restart") || !settings.isEmpty(), settings);
    }

    static Known<Long> parseNumber(String name, String text) {
        try {
            return Known.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException notANumber) {
            return Known.unknown("Patroni says " + name + " is \"" + shortened(text) + "\"");
        }
    }

    /** ISO 8601 with an offset, as Python prints it: a blank may stand for the T. */
    static Known<Instant> parseInstant(String name, String text) {
        try {
            return Known.of(OffsetDateTime.parse(text.strip().replace(' ', 'T')).toInstant());
        } catch (DateTimeException notATime) {
            return Known.unknown("Patroni says " + name + " is \"" + shortened(text) + "\"");
        }
    }

    static <T> Known<T> absent(String name) {
        return Known.unknown("Patroni does not say " + name);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
