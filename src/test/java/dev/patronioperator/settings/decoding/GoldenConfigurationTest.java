package dev.patronioperator.settings.decoding;

import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenCases;

import static org.assertj.core.api.Assertions.assertThat;

/** Configurations that the peer ran with are accepted without a word. */
class GoldenConfigurationTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    static Stream<Arguments> configurations() {
        return GoldenCases.all().stream()
                .flatMap(golden -> Stream.concat(Stream.of(golden.first()), golden.update().stream())
                        .map(GoldenCase.State::configuration)
                        .distinct()
                        .map(configuration -> Arguments.of(golden.name(), configuration)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    @SuppressWarnings("unchecked") // a JSON object is a map with texts for keys
    void isAccepted(String name, JsonNode configuration) {
        Map<String, ?> tree = SERIALIZATION.convertValue(configuration, Map.class);
        var problems =
                new ResourceDecoder(SERIALIZATION::convertValue).decode(tree).problems();
        assertThat(problems.stream().filter(problem -> !problem.message().startsWith("is deprecated")))
                .isEmpty();
    }
}
