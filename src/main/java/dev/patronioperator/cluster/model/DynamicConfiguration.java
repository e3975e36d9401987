package dev.patronioperator.cluster.model;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.patronioperator.api.PatroniSpec;
import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.PatroniParameters;

/**
 * What Patroni's dynamic configuration shall hold: given at bootstrap, changed through Patroni afterwards. An empty value leaves it to Patroni.
 *
 * @param ttl seconds
 * @param loopWait seconds
 * @param retryTimeout seconds
 * @param maximumLagOnFailover bytes
 * @param slots permanent replication slots, each with its settings
 */
public record DynamicConfiguration(
        Optional<Integer> ttl,
        Optional<Integer> loopWait,
        Optional<Integer> retryTimeout,
        Optional<Long> maximumLagOnFailover,
        boolean synchronousMode,
        boolean synchronousModeStrict,
        Optional<Integer> synchronousNodeCount,
        boolean failsafeMode,
        SortedMap<String, SortedMap<String, String>> slots) {

    static DynamicConfiguration of(PostgresqlSpec spec, Settings settings) {
        var configuredFailsafe = settings.get(PatroniParameters.ENABLE_PATRONI_FAILSAFE_MODE);
        var patroni = spec.patroni();
        return patroni == null ? silent(configuredFailsafe) : of(patroni, configuredFailsafe);
    }

    private static DynamicConfiguration silent(boolean failsafe) {
        return new DynamicConfiguration(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                failsafe,
                new TreeMap<>());
    }

    private static DynamicConfiguration of(PatroniSpec patroni, boolean configuredFailsafe) {
        return new DynamicConfiguration(
                positive(patroni.ttl()),
                positive(patroni.loopWait()),
                positive(patroni.retryTimeout()),
                Optional.ofNullable(patroni.maximumLagOnFailover()).filter(bytes -> bytes > 0),
                Given.flag(patroni.synchronousMode(), false),
                Given.flag(patroni.synchronousModeStrict(), false),
                positive(patroni.synchronousNodeCount()),
                Given.flag(patroni.failsafeMode(), configuredFailsafe),
                sorted(Given.map(patroni.slots())));
    }

    /** How many members replicate synchronously where they do at all; Patroni's own default is one. */
    public int effectiveSynchronousNodes() {
        return synchronousNodeCount.orElse(1);
    }

    private static Optional<Integer> positive(Integer value) {
        return Optional.ofNullable(value).filter(number -> number > 0);
    }

    private static SortedMap<String, SortedMap<String, String>> sorted(Map<String, Map<String, String>> slots) {
        var sorted = new TreeMap<String, SortedMap<String, String>>();
        slots.forEach((name, settings) -> sorted.put(name, new TreeMap<>(Given.map(settings))));
        return sorted;
    }
}
