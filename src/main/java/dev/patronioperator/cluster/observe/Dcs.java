package dev.patronioperator.cluster.observe;

import java.time.Duration;
import java.time.Instant;

import dev.patronioperator.patroni.model.ConfigRecord;
import dev.patronioperator.patroni.model.LeaderRecord;
import dev.patronioperator.patroni.model.SyncRecord;
import dev.patronioperator.plan.Known;

/**
 * What Patroni keeps about the cluster in Kubernetes objects; read from the caches, costs no request.
 *
 * @param configWrittenAt when somebody last wrote the object with the dynamic configuration, by the API server's clock
 */
public record Dcs(LeaderRecord leader, ConfigRecord config, SyncRecord sync, Known<Instant> configWrittenAt) {

    private static final Duration DEFAULT_LOOP = Duration.ofSeconds(10);

    /** Without knowing when the dynamic configuration was written. */
    public Dcs(LeaderRecord leader, ConfigRecord config, SyncRecord sync) {
        this(leader, config, sync, Known.unknown("it is not known when the dynamic configuration was written"));
    }

    /**
     * From when on every member has told what a changed configuration means to it: a member reads the configuration in one run of its
     * loop and tells in the next one that a restart is pending.
     */
    public Known<Instant> configTakenInBy() {
        var loop = config.config()
                .map(dynamic -> dynamic.loopWait().orElse(DEFAULT_LOOP))
                .orIfUnknown(DEFAULT_LOOP);
        return configWrittenAt.map(written -> written.plus(loop.multipliedBy(2)));
    }
}
