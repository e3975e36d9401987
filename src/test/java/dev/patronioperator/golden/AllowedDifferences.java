package dev.patronioperator.golden;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Where we differ from the peer on purpose, from {@code golden/allowed-differences.yaml}. Remembers which entries were of use. */
final class AllowedDifferences {

    /** One decision; see the file for the meaning of its parts. */
    record Entry(String id, String object, String path, List<String> cases, String why) {

        boolean covers(String golden, String key, String place) {
            return cases.contains(golden) && Pattern.matches(object, key) && Pattern.matches(path, place);
        }
    }

    /** An entry, for one of its cases. */
    record Use(Entry entry, String golden) {}

    private final List<Entry> entries;
    private final Set<Use> used = new LinkedHashSet<>();

    AllowedDifferences() {
        entries = Arrays.asList(new KubernetesSerialization()
                .unmarshal(
                        AllowedDifferences.class.getResourceAsStream("/golden/allowed-differences.yaml"),
                        Entry[].class));
    }

    /** Whether that place of that object may differ in that case. */
    boolean covers(String golden, String key, String place) {
        var covering = entries.stream()
                .filter(entry -> entry.covers(golden, key, place))
                .toList();
        covering.forEach(entry -> used.add(new Use(entry, golden)));
        return !covering.isEmpty();
    }

    /** What each decision is called. */
    List<String> ids() {
        return entries.stream().map(Entry::id).toList();
    }

    /** What the file allows and nothing needed. */
    List<Use> unused() {
        return entries.stream()
                .flatMap(entry -> entry.cases().stream().map(golden -> new Use(entry, golden)))
                .filter(use -> !used.contains(use))
                .toList();
    }
}
