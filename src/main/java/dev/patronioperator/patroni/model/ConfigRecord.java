package dev.patronioperator.patroni.model;

import java.util.List;
import java.util.Optional;

import dev.patronioperator.plan.Known;

/**
 * What Patroni keeps about the whole cluster in the annotations of {@code NAME-config}.
 *
 * @param systemIdentifier identity of the data, from the annotation {@code initialize}; empty until the bootstrap is over
 * @param config the dynamic configuration; unknown if there is none yet or it cannot be read
 * @param history the changes of timeline, oldest first
 */
public record ConfigRecord(
        Optional<String> systemIdentifier, Known<DynamicConfig> config, List<TimelineChange> history) {

    public ConfigRecord {
        history = List.copyOf(history);
    }

    /** Whether a member has finished the bootstrap of this cluster. */
    public boolean isInitialized() {
        return systemIdentifier.filter(identifier -> !identifier.isEmpty()).isPresent();
    }
}
