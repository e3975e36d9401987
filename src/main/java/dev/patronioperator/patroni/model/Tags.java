package dev.patronioperator.patroni.model;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The meaning of Patroni's tags. */
final class Tags {

    // As parse_bool in Patroni's utils.py reads them.
    private static final Set<String> YES = Set.of("on", "true", "yes", "1");

    private Tags() {}

    /**
     * {@code nofailover} wins over {@code failover_priority}; a priority of 0 or less forbids just the same (patroni/tags.py).
     */
    static boolean forbidFailover(Map<String, String> tags) {
        if (tags.containsKey("nofailover")) {
            return YES.contains(tags.get("nofailover").toLowerCase(Locale.ROOT));
        }
        return isZeroOrLess(tags.getOrDefault("failover_priority", "1"));
    }

    private static boolean isZeroOrLess(String priority) {
        try {
            return Integer.parseInt(priority.strip()) <= 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
