package dev.patronioperator.cluster.desired;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.manifest.Variables;

/**
 * Variables in the order of their precedence: the first of a name stays. Names are compared without regard to case, as they always were; {@code wal_s3_bucket} in a
 * ConfigMap therefore keeps {@code WAL_S3_BUCKET} out.
 */
final class Environment {

    private final List<EnvVar> variables = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Environment add(EnvVar variable) {
        if (names.add(variable.getName().toLowerCase(Locale.ROOT))) {
            variables.add(variable);
        }
        return this;
    }

    Environment add(String name, String value) {
        return add(Variables.of(name, value));
    }

    Environment addAll(List<EnvVar> all) {
        all.forEach(this::add);
        return this;
    }

    List<EnvVar> list() {
        return List.copyOf(variables);
    }
}
