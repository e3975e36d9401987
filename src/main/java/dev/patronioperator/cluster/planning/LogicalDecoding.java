package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Reason;

/** Keeps PostgreSQL from starting with less WAL than its replication slots for logical decoding need: it would not start at all. */
final class LogicalDecoding {

    private static final String WAL_LEVEL = "wal_level";
    private static final String LOGICAL = "logical";

    /** In the dynamic configuration. */
    static final FieldPath PATH = FieldPath.of("postgresql").field("parameters").field(WAL_LEVEL);

    private LogicalDecoding() {}

    /** What is left for later because the WAL level cannot be lowered yet; empty if it can, or need not. */
    static Optional<Deferred> keepsWalLevel(Map<String, Object> wanted, ObservedCluster observed) {
        var present = observed.dcs().config().config().map(config -> config.parameters()
                .getOrDefault(WAL_LEVEL, ""));
        if (!(present instanceof Known.Value<String>(String level)) || !LOGICAL.equals(level)) {
            return Optional.empty();
        }
        return asked(wanted)
                .filter(parameters -> parameters.containsKey(WAL_LEVEL))
                .map(parameters -> String.valueOf(parameters.get(WAL_LEVEL)))
                .filter(asked -> !LOGICAL.equals(asked))
                .filter(asked -> hasLogicalSlots(observed))
                .map(asked -> new Deferred(
                        "Patch Patroni configuration: " + WAL_LEVEL,
                        "no replication slot for logical decoding is left; PostgreSQL would not start",
                        List.of(new Reason(Reason.Code.MANIFEST, Optional.of(PATH), level, asked))));
    }

    private static Optional<Map<?, ?>> asked(Map<String, Object> wanted) {
        return wanted.get("postgresql") instanceof Map<?, ?> postgresql
                        && postgresql.get("parameters") instanceof Map<?, ?> parameters
                ? Optional.of(parameters)
                : Optional.empty();
    }

    private static boolean hasLogicalSlots(ObservedCluster observed) {
        return StreamSlots.configured(observed).orIfUnknown(Map.of()).values().stream()
                .anyMatch(settings -> LOGICAL.equals(settings.get("type")));
    }
}
