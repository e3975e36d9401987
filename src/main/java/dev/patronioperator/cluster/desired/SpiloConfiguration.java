package dev.patronioperator.cluster.desired;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.patronioperator.cluster.model.Bootstrap;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.settings.parameters.GeneralParameters;

/**
 * The configuration that Spilo lays over its own: maps are merged, lists replaced.
 *
 * <p>The part under {@code bootstrap} is read once, when the cluster is created. It stays in the pod template all the same, so it has to stay the same.
 */
final class SpiloConfiguration {

    /** Options of initdb that are given without a value. */
    private static final Set<String> FLAGS =
            Set.of("data-checksums", "debug", "no-locale", "noclean", "nosync", "sync-only");

    private SpiloConfiguration() {}

    static String render(ClusterModel model) {
        var bootstrap = new LinkedHashMap<String, Object>();
        bootstrap.put("initdb", initdb(model.bootstrap()));
        bootstrap.put("dcs", dcs(model));
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("postgresql", local(model));
        configuration.put("bootstrap", bootstrap);
        return GoJson.write(configuration);
    }

    private static Map<String, Object> local(ClusterModel model) {
        var local = new LinkedHashMap<String, Object>();
        if (!model.settings().get(GeneralParameters.ENABLE_PGVERSION_ENV_VAR)) {
            local.put("bin_dir", "/usr/lib/postgresql/" + model.server().binaries() + "/bin");
        }
        putUnlessEmpty(local, "parameters", model.server().localParameters());
        if (!model.bootstrap().pgHba().isEmpty()) {
            local.put("pg_hba", model.bootstrap().pgHba());
        }
        return local;
    }

    /** Ours first, changed in place by the manifest; then the manifest's others by name. */
    private static List<Object> initdb(Bootstrap bootstrap) {
        var defaults = new LinkedHashMap<String, String>();
        defaults.put("auth-host", "scram-sha-256");
        defaults.put("auth-local", "trust");
        defaults.replaceAll((option, value) -> bootstrap.initdb().getOrDefault(option, value));
        var options = new ArrayList<Object>();
        defaults.forEach((option, value) -> options.add(Map.of(option, value)));
        bootstrap.initdb().forEach((option, value) -> {
            if (!defaults.containsKey(option)) {
                options.add(FLAGS.contains(option) && "true".equals(value) ? option : Map.of(option, value));
            }
        });
        return options;
    }

    private static Map<String, Object> dcs(ClusterModel model) {
        var wanted = model.dynamicConfiguration();
        var dcs = new LinkedHashMap<String, Object>();
        put(dcs, "ttl", wanted.ttl());
        put(dcs, "loop_wait", wanted.loopWait());
        put(dcs, "retry_timeout", wanted.retryTimeout());
        put(dcs, "maximum_lag_on_failover", wanted.maximumLagOnFailover().map(SpiloConfiguration::asFloat));
        putIfTrue(dcs, "synchronous_mode", wanted.synchronousMode());
        putIfTrue(dcs, "synchronous_mode_strict", wanted.synchronousModeStrict());
        put(dcs, "synchronous_node_count", wanted.synchronousNodeCount());
        if (!model.server().dynamicParameters().isEmpty()) {
            dcs.put("postgresql", Map.of("parameters", model.server().dynamicParameters()));
        }
        putUnlessEmpty(dcs, "slots", wanted.slots());
        dcs.put("failsafe_mode", wanted.failsafeMode());
        return dcs;
    }

    /** The peer holds this number as a 32-bit float: what it wrote at bootstrap is rounded, and the template shows it. */
    private static BigInteger asFloat(long bytes) {
        return new BigDecimal(Float.toString(bytes)).toBigInteger();
    }

    private static void put(Map<String, Object> map, String key, Optional<? extends Number> value) {
        value.ifPresent(number -> map.put(key, number));
    }

    private static void putIfTrue(Map<String, Object> map, String key, boolean value) {
        if (value) {
            map.put(key, true);
        }
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, Map<String, ?> value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }
}
