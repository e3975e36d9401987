package dev.patronioperator.cluster.validate;

import java.util.Set;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;

/** What is checked, and the operator configuration it is checked with. */
record Subject(Postgresql manifest, Settings settings) {

    /** Words of status at which the cluster has no data yet; where it comes from still matters. */
    private static final Set<String> BEFORE_DATA = Set.of("", "Creating", "CreateFailed", "Invalid");

    PostgresqlSpec spec() {
        return manifest.getSpec();
    }

    String name() {
        return manifest.getMetadata() == null ? null : manifest.getMetadata().getName();
    }

    <T> T setting(Parameter<T> parameter) {
        return settings.get(parameter);
    }

    /**
     * Whether the cluster is still to be bootstrapped. Afterwards nothing is wrong with a clone section, whatever it says, and a cluster
     * that runs must not be given up because of it.
     */
    boolean isNew() {
        var status = manifest.getStatus();
        return status == null
                || status.postgresClusterStatus() == null
                || BEFORE_DATA.contains(status.postgresClusterStatus());
    }
}
