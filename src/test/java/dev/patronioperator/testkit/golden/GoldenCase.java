package dev.patronioperator.testkit.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One recorded answer of the peer: this configuration and these manifests gave these objects. See {@code src/test/resources/golden/README.md}.
 *
 * @param name the file's name without its ending, e.g. {@code 001-minimal}
 * @param about one line
 * @param first what was there at first
 * @param update what an edit or another configuration made of it
 * @param effect whom the update disturbed
 * @param status the peer's word for the cluster in the end; empty if it had none
 * @param rejected what the API server said of the manifest, if it was refused there; then nothing is expected
 */
public record GoldenCase(
        String name,
        String about,
        State first,
        Optional<State> update,
        GoldenEffect effect,
        Optional<String> status,
        Optional<String> rejected) {

    /**
     * @param configuration {@code .configuration} of an OperatorConfiguration, complete but for the CRD's defaults
     * @param existing ConfigMaps, Secrets and Namespaces that were there before
     * @param manifests the {@code postgresql} resources
     * @param expected the objects that came of it, by {@code Kind namespace/name}, without what the API server fills in
     */
    public record State(
            JsonNode configuration, List<JsonNode> existing, List<JsonNode> manifests, Map<String, JsonNode> expected) {

        public State {
            existing = List.copyOf(existing);
            manifests = List.copyOf(manifests);
            expected = new LinkedHashMap<>(expected);
        }

        private State with(UnaryOperator<String> text) {
            UnaryOperator<JsonNode> object = tree -> YamlTrees.parse(text.apply(YamlTrees.asText(tree)));
            var objects = new LinkedHashMap<String, JsonNode>();
            expected.forEach((key, tree) -> objects.put(text.apply(key), object.apply(tree)));
            return new State(
                    configuration,
                    existing.stream().map(object).toList(),
                    manifests.stream().map(object).toList(),
                    objects);
        }
    }

    /** What the names of cases end in that come of {@link #afterUpdate()}. */
    static final String AFTER = "-after";

    /** What the peer had made of it in the end, as a case that was so from the start. */
    public Optional<GoldenCase> afterUpdate() {
        return update.map(last ->
                new GoldenCase(name + AFTER, about, last, Optional.empty(), GoldenEffect.NONE, status, rejected));
    }

    /** The same in other namespaces, so that it can run beside those that run where they were recorded. */
    public GoldenCase movedTo(UnaryOperator<String> other) {
        UnaryOperator<String> moved = text -> {
            for (var namespace : namespaces()) {
                text = text.replaceAll(
                        "(?<![\\w-])" + namespace + "(?![\\w-])", Matcher.quoteReplacement(other.apply(namespace)));
            }
            return text;
        };
        return new GoldenCase(
                name, about, first.with(moved), update.map(state -> state.with(moved)), effect, status, rejected);
    }

    /** The namespaces of its clusters and those that were there before: no other case may run in them at the same time. */
    public Set<String> namespaces() {
        var names = new TreeSet<String>();
        Stream.concat(Stream.of(first), update.stream()).forEach(state -> {
            state.manifests()
                    .forEach(manifest ->
                            names.add(manifest.at("/metadata/namespace").asText()));
            state.existing().stream()
                    .filter(object -> object.path("kind").asText().equals("Namespace"))
                    .forEach(object -> names.add(object.at("/metadata/name").asText()));
        });
        return names;
    }

    @Override
    public String toString() {
        return name;
    }
}
