package dev.patronioperator.patroni.model;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Known;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether WAL flows to a replica, in the words of each Patroni. */
class PodStatusTest {

    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    4.0.7,  streaming,           true
                    4.0.0,  ,                    false
                    3.0.4,  in archive recovery, false
                    3.0.4,  ,                    false
                    3.0.10, ,                    false
                    4.1.0rc1, ,                  false
                    3.0.3,  ,                    unknown
                    2.1.7,  ,                    unknown
                    master, ,                    unknown
                    """)
    void tellsWhetherItStreams(String version, String state, String streams) {
        var status = PATRONI.podStatus(Map.of(
                        "status",
                        "{\"state\":\"running\",\"role\":\"replica\",\"version\":\"%s\"%s}"
                                .formatted(version, state == null ? "" : ",\"replication_state\":\"" + state + "\"")))
                .map(PodStatus::streams);

        assertThat(status).isInstanceOfSatisfying(Known.Value.class, known -> assertThat(
                        ((Known<?>) known.value()) instanceof Known.Value<?>(var it) ? it.toString() : "unknown")
                .isEqualTo(streams));
    }
}
