package dev.patronioperator.cluster.observe;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.plan.Known;

/** The major version of PostgreSQL that a cluster's pod template asks for, ours or the peer's. */
public final class PresentVersion {

    private static final String CONTAINER = "postgres";
    private static final String VARIABLE = "PGVERSION";

    private PresentVersion() {}

    /** Nothing before there is a StatefulSet. */
    public static Known<Optional<String>> of(Identity identity, ObjectReader reader) {
        return reader.get(
                        StatefulSet.class,
                        identity.namespace(),
                        identity.names().statefulSet())
                .map(found -> found.flatMap(PresentVersion::of));
    }

    private static Optional<String> of(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> CONTAINER.equals(container.getName()))
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> VARIABLE.equals(variable.getName()))
                .map(EnvVar::getValue)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }
}
