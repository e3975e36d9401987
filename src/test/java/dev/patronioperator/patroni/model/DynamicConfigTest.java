package dev.patronioperator.patroni.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DynamicConfigTest {

    private final DynamicConfig config = new DynamicConfig(Map.of(
            "ttl",
            30,
            "synchronous_mode",
            true,
            "slots",
            Map.of("cdc", Map.of("type", "logical", "database", "orders")),
            "postgresql",
            Map.of("use_slots", true, "parameters", Map.of("max_connections", 100, "work_mem", "4MB"))));

    @Test
    void patchKeepsWhatItDoesNotMention() {
        var patched = config.patched(Map.of("ttl", 40, "postgresql", Map.of("parameters", Map.of("work_mem", "5MB"))));

        assertThat(patched.setting("ttl")).contains("40");
        assertThat(patched.parameters()).isEqualTo(Map.of("max_connections", "100", "work_mem", "5MB"));
        assertThat(patched.tree().get("slots")).isEqualTo(config.tree().get("slots"));
        assertThat(config.setting("ttl")).contains("30");
    }

    @Test
    void nullRemovesAndRemovingNothingChangesNothing() {
        assertThat(config.patched(removal("ttl")).tree()).doesNotContainKey("ttl");
        assertThat(config.isChangedBy(removal("ttl"))).isTrue();
        assertThat(config.isChangedBy(removal("loop_wait"))).isFalse();
    }

    @Test
    void numbersAndTheirTextAreTheSameToPatroni() {
        assertThat(config.isChangedBy(
                        Map.of("ttl", "30", "postgresql", Map.of("parameters", Map.of("max_connections", "100")))))
                .isFalse();
        assertThat(config.isChangedBy(Map.of("ttl", 31))).isTrue();
    }

    @Test
    void textTrueIsNotTheBooleanTrue() {
        assertThat(config.isChangedBy(Map.of("synchronous_mode", true))).isFalse();
        assertThat(config.isChangedBy(Map.of("synchronous_mode", "true"))).isTrue();
        assertThat(config.isChangedBy(Map.of("synchronous_mode", "quorum"))).isTrue();
    }

    @Test
    void patchOfAnotherShapeReplaces() {
        assertThat(config.patched(Map.of("slots", List.of(1))).tree()).containsEntry("slots", List.of(1));
    }

    @Test
    void treeCannotBeChangedFromOutside() {
        var source = new HashMap<String, Object>(Map.of("ttl", 30));
        var copy = new DynamicConfig(source);
        source.put("ttl", 1);

        assertThat(copy.setting("ttl")).contains("30");
        assertThatThrownBy(() -> copy.tree().put("ttl", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void valuesAreNotPrinted() {
        assertThat(new DynamicConfig(Map.of("standby_cluster", Map.of("password", "s3cret"))).toString())
                .doesNotContain("s3cret");
    }

    private static Map<String, Object> removal(String name) {
        var patch = new HashMap<String, Object>();
        patch.put(name, null);
        return patch;
    }
}
