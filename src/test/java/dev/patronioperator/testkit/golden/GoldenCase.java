package dev.patronioperator.testkit.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One recorded answer of the peer: this configuration and these manifests gave these objects. See {@code src/test/resources/golden/README.md}.
 *
 * @param name the file's name without its ending, e.g. {@code 001-minimal}
 * @param about one line
 * @param first what was there at first
 * @param update what an edit or another configuration made of it
 */
public record GoldenCase(String name, String about, State first, Optional<State> update) {

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
    }

    @Override
    public String toString() {
        return name;
    }
}
