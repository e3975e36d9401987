package dev.patronioperator.cluster.validate;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;

/** Environment variables. Their values are never shown: many are secret. */
final class EnvironmentCheck implements SpecCheck {

    @Override
    public void check(Subject subject, Problems problems) {
        var spec = subject.spec();
        variables("spec.env", spec.env(), problems);
        var sidecars = Absent.asEmpty(spec.sidecars());
        for (int i = 0; i < sidecars.size(); i++) {
            variables("spec.sidecars[" + i + "].env", sidecars.get(i).env(), problems);
        }
        var initContainers = Absent.asEmpty(spec.initContainers());
        for (int i = 0; i < initContainers.size(); i++) {
            variables(
                    "spec.initContainers[" + i + "].env", initContainers.get(i).getEnv(), problems);
        }
        references(Absent.asEmpty(spec.envFrom()), problems);
    }

    private static void variables(String field, List<EnvVar> variables, Problems problems) {
        var list = Absent.asEmpty(variables);
        for (int i = 0; i < list.size(); i++) {
            var variable = list.get(i);
            var at = field + "[" + i + "]";
            if (problems.present(at + ".name", variable.getName(), "the name of the variable")) {
                problems.matches(
                        at + ".name",
                        variable.getName(),
                        Forms.ENVIRONMENT_VARIABLE,
                        "is no name of a variable: letters, digits, -, _ and ., not starting with a digit");
            }
            if (variable.getValueFrom() != null) {
                source(at, variable, problems);
            }
        }
    }

    private static void source(String field, EnvVar variable, Problems problems) {
        if (variable.getValue() != null && !variable.getValue().isEmpty()) {
            problems.refuse(field, "has a value and valueFrom: only one of them is possible");
        }
        if (sources(variable.getValueFrom()) != 1) {
            problems.refuse(
                    field + ".valueFrom",
                    "has to name exactly one source: secretKeyRef, configMapKeyRef, fieldRef, "
                            + "resourceFieldRef or fileKeyRef");
        }
    }

    private static long sources(EnvVarSource source) {
        return Stream.of(
                        source.getSecretKeyRef(),
                        source.getConfigMapKeyRef(),
                        source.getFieldRef(),
                        source.getResourceFieldRef(),
                        source.getFileKeyRef())
                .filter(Objects::nonNull)
                .count();
    }

    private static void references(List<EnvFromSource> references, Problems problems) {
        for (int i = 0; i < references.size(); i++) {
            var reference = references.get(i);
            if ((reference.getSecretRef() == null) == (reference.getConfigMapRef() == null)) {
                problems.refuse("spec.envFrom[" + i + "]", "has to name exactly one source: secretRef or configMapRef");
            }
        }
    }
}
