package dev.patronioperator.cluster.desired;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.Standby;

/**
 * What Patroni's dynamic configuration shall hold, as a merge patch: a null takes a key away. Only what the manifest says is in it;
 * settings that people made in Patroni itself, and slots of others, stay.
 */
public final class DynamicConfigPatch {

    /** The image keeps the standby's access to the archive in a folder of its own. */
    private static final String RESTORE =
            "envdir \"/run/etc/wal-e.d/env-standby\" /scripts/restore_command.sh \"%f\" \"%p\"";

    private DynamicConfigPatch() {}

    /**
     * @param model the cluster as it should be
     * @param earlier what earlier manifests gave, so that what they had and this one has not is taken away
     */
    public static Map<String, Object> of(ClusterModel model, Collection<ClusterModel> earlier) {
        var wanted = model.dynamicConfiguration();
        var patch = new LinkedHashMap<String, Object>();
        wanted.ttl().ifPresent(v -> patch.put("ttl", v));
        wanted.loopWait().ifPresent(v -> patch.put("loop_wait", v));
        wanted.retryTimeout().ifPresent(v -> patch.put("retry_timeout", v));
        wanted.maximumLagOnFailover().ifPresent(v -> patch.put("maximum_lag_on_failover", v));
        patch.put("synchronous_mode", wanted.synchronousMode() ? Boolean.TRUE : null);
        patch.put("synchronous_mode_strict", wanted.synchronousModeStrict() ? Boolean.TRUE : null);
        wanted.synchronousNodeCount().ifPresent(v -> patch.put("synchronous_node_count", v));
        patch.put("failsafe_mode", wanted.failsafeMode() ? Boolean.TRUE : null);
        putIfAny(patch, "slots", slots(model, earlier));
        standby(model, earlier, patch);
        var parameters = parameters(model, earlier);
        if (!parameters.isEmpty()) {
            patch.put("postgresql", Map.of("parameters", parameters));
        }
        return patch;
    }

    /**
     * What the image made of the section at the bootstrap stays; a section that differs from that of an earlier manifest is told to
     * Patroni, and without one any more the standby leader is promoted. A cluster that never was a standby is not made one: it would
     * stop taking writes without having the data of the other.
     */
    private static void standby(ClusterModel model, Collection<ClusterModel> earlier, Map<String, Object> patch) {
        var wanted = model.bootstrap().standby();
        boolean wasAnother = earlier.stream()
                .map(other -> other.bootstrap().standby())
                .anyMatch(before -> before.isPresent() && !before.equals(wanted));
        if (wasAnother && (wanted.isPresent() || !model.isStandby())) {
            patch.put("standby_cluster", wanted.map(DynamicConfigPatch::section).orElse(null));
        }
    }

    private static Map<String, Object> section(Standby standby) {
        var section = new LinkedHashMap<String, Object>();
        section.put("create_replica_methods", List.of("bootstrap_standby_with_wale", "basebackup_fast_xlog"));
        section.put("restore_command", standby.archive().map(archive -> RESTORE).orElse(null));
        section.put("host", standby.primary().map(Standby.Primary::host).orElse(null));
        section.put("port", standby.primary().flatMap(Standby.Primary::port).orElse(null));
        section.put(
                "primary_slot_name",
                standby.primary().flatMap(Standby.Primary::slot).orElse(null));
        return section;
    }

    private static Map<String, Object> slots(ClusterModel model, Collection<ClusterModel> earlier) {
        var slots = new TreeMap<String, Object>();
        earlier.forEach(other -> other.dynamicConfiguration().slots().keySet().forEach(name -> slots.put(name, null)));
        // Those of streams come and go with their publications, and not before the streams that read from them.
        Stream.concat(Stream.of(model), earlier.stream())
                .flatMap(each -> each.streams().stream())
                .flatMap(application -> application.tables().stream())
                .forEach(table -> slots.remove(table.slot()));
        slots.putAll(model.dynamicConfiguration().slots());
        return slots;
    }

    /** The WAL level that streams brought along stays when they go: another one costs a restart, and the next stream brings it back. */
    private static Map<String, Object> parameters(ClusterModel model, Collection<ClusterModel> earlier) {
        var parameters = new TreeMap<String, Object>();
        earlier.forEach(other -> names(other).forEach(name -> parameters.put(name, null)));
        parameters.putAll(model.server().runtimeParameters());
        return parameters;
    }

    private static Set<String> names(ClusterModel model) {
        return model.server().dynamicParameters().keySet();
    }

    private static void putIfAny(Map<String, Object> patch, String key, Map<String, Object> values) {
        if (!values.isEmpty()) {
            patch.put(key, values);
        }
    }
}
