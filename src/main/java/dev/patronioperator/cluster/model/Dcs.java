package dev.patronioperator.cluster.model;

import java.util.Optional;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;

/** Where Patroni keeps leader lock and configuration. */
public sealed interface Dcs {

    /** ConfigMaps; the primary Service finds its pod by label. */
    record ConfigMaps() implements Dcs {}

    /** Endpoints; the leader's are those of the primary Service, which therefore has no selector. */
    record Endpoints() implements Dcs {}

    /**
     * An etcd outside of Kubernetes.
     *
     * @param host {@code host:port}
     */
    record Etcd(String host) implements Dcs {}

    static Dcs of(Settings settings) {
        Optional<Dcs> etcd = settings.get(GeneralParameters.ETCD_HOST).map(Etcd::new);
        return etcd.orElseGet(
                () -> settings.get(GeneralParameters.KUBERNETES_USE_CONFIGMAPS) ? new ConfigMaps() : new Endpoints());
    }

    /** For people. */
    default String text() {
        return switch (this) {
            case ConfigMaps ignored -> "ConfigMaps";
            case Endpoints ignored -> "Endpoints";
            case Etcd(String host) -> "etcd " + host;
        };
    }

    /** Whether the primary Service selects its pod; otherwise someone writes its Endpoints. */
    default boolean primaryServiceSelects() {
        return this instanceof ConfigMaps;
    }
}
