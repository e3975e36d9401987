package dev.patronioperator.cluster.desired;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DynamicConfiguration;

/**
 * What Patroni's dynamic configuration shall hold, as a merge patch: a null takes a key away. Only what the manifest says is in it;
 * settings that people made in Patroni itself, and slots of others, stay.
 */
public final class DynamicConfigPatch {

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
        putIfAny(patch, "slots", slots(wanted, earlier));
        var parameters = parameters(model, earlier);
        if (!parameters.isEmpty()) {
            patch.put("postgresql", Map.of("parameters", parameters));
        }
        return patch;
    }

    private static Map<String, Object> slots(DynamicConfiguration wanted, Collection<ClusterModel> earlier) {
        var slots = new TreeMap<String, Object>();
        earlier.forEach(model -> model.dynamicConfiguration().slots().keySet().forEach(name -> slots.put(name, null)));
        slots.putAll(wanted.slots());
        return slots;
    }

    private static Map<String, Object> parameters(ClusterModel model, Collection<ClusterModel> earlier) {
        var parameters = new TreeMap<String, Object>();
        earlier.forEach(other -> names(other).forEach(name -> parameters.put(name, null)));
        parameters.putAll(model.server().runtimeParameters());
        return parameters;
    }

    private static Set<String> names(ClusterModel model) {
        return model.server().runtimeParameters().keySet();
    }

    private static void putIfAny(Map<String, Object> patch, String key, Map<String, Object> values) {
        if (!values.isEmpty()) {
            patch.put(key, values);
        }
    }
}
