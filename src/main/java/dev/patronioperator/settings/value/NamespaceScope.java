package dev.patronioperator.settings.value;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code watched_namespace} says: one namespace, several separated by commas, {@code *} for all, or nothing, which means where the
 * operator runs.
 *
 * @param everywhere whether it is all namespaces
 * @param names which ones otherwise; none means the operator's own
 */
public record NamespaceScope(boolean everywhere, Set<String> names) {

    public NamespaceScope {
        names = Set.copyOf(names);
    }

    /**
     * The namespaces by name; of no meaning if it is all of them.
     *
     * @param own where the operator runs
     */
    public Set<String> namesOr(String own) {
        return names.isEmpty() ? Set.of(own) : names;
    }

    public static NamespaceScope of(String text) {
        return switch (text.strip()) {
            case "*" -> new NamespaceScope(true, Set.of());
            case "" -> new NamespaceScope(false, Set.of());
            default ->
                new NamespaceScope(
                        false, Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet()));
        };
    }
}
