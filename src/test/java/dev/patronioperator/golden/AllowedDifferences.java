package dev.patronioperator.golden;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenCases;

/** Where we differ from the peer on purpose, from {@code golden/allowed-differences.yaml}. Remembers which entries were of use. */
final class AllowedDifferences {

    /** Where a difference shows. */
    enum Where {
        /** In what is rendered. */
        RENDERED,
        /** In what is on the API server when everything is done. */
        LIVE
    }

    /** One decision; see the file for the meaning of its parts. */
    record Entry(String id, Set<Where> shows, String object, String path, List<String> cases, String why) {

        Entry {
            shows = shows == null ? Set.of(Where.values()) : Set.copyOf(shows);
        }

        boolean covers(GoldenCase golden, String key, String place) {
            return concerns(golden) && Pattern.matches(object, key) && Pattern.matches(path, place);
        }

        /** What is decided of one place of an object holds for cases from elsewhere as well. */
        private boolean concerns(GoldenCase golden) {
            return cases.contains(golden.name()) || GoldenCases.isFromElsewhere(golden) && !path.isEmpty();
        }
    }

    /** An entry, for one of its cases. */
    record Use(String entry, String golden) {}

    private final List<Entry> entries;
    private final Set<Use> used = new LinkedHashSet<>();

    AllowedDifferences(Where where) {
        entries = all().filter(entry -> entry.shows().contains(where)).toList();
    }

    /** What each decision is called. */
    static List<String> ids() {
        return all().map(Entry::id).distinct().toList();
    }

    private static java.util.stream.Stream<Entry> all() {
        return Arrays.stream(new KubernetesSerialization()
                .unmarshal(
                        AllowedDifferences.class.getResourceAsStream("/golden/allowed-differences.yaml"),
                        Entry[].class));
    }

    /** Whether that place of that object may differ in that case. */
    boolean covers(GoldenCase golden, String key, String place) {
        var covering = entries.stream()
                .filter(entry -> entry.covers(golden, key, place))
                .toList();
        covering.forEach(entry -> used.add(new Use(entry.id(), golden.name())));
        return !covering.isEmpty();
    }

    /** What the file allows and nothing needed, of the cases that were looked at. */
    List<Use> unused(Collection<GoldenCase> looked) {
        var names = looked.stream().map(GoldenCase::name).collect(Collectors.toSet());
        return entries.stream()
                .flatMap(entry -> entry.cases().stream().map(golden -> new Use(entry.id(), golden)))
                .filter(use -> names.contains(use.golden()) && !used.contains(use))
                .distinct()
                .toList();
    }
}
