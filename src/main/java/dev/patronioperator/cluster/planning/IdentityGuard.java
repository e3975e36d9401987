package dev.patronioperator.cluster.planning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Holds still when the configuration would give a running cluster another identity: labels that its pods, volumes and Patroni's own
 * objects are found by, the names of the users that replicate and administer, the Secrets that hold their passwords.
 *
 * <p>No order of steps leads from one to the other without losing sight of pods or locking members out, so that nothing at all is done
 * about the cluster until the configuration says again what it said; new clusters are made as it says now. Where Patroni keeps its state
 * is no matter of this: each cluster stays with what it has.
 *
 * <p>A StatefulSet that somebody else edited gives no cluster another identity: its pods are still as they are wanted, and it is mended.
 */
final class IdentityGuard {

    /** What pods are told of the identity, by the parameter that it follows from. */
    private static final Map<String, Function<PodSpec, Optional<String>>> TRAITS = traits();

    private IdentityGuard() {}

    private static Map<String, Function<PodSpec, Optional<String>>> traits() {
        var traits = new LinkedHashMap<String, Function<PodSpec, Optional<String>>>();
        traits.put("configuration.kubernetes.cluster_name_label", pod -> variable(pod, "KUBERNETES_SCOPE_LABEL"));
        traits.put("configuration.kubernetes.cluster_labels", pod -> variable(pod, "KUBERNETES_LABELS"));
        traits.put("configuration.kubernetes.pod_role_label", pod -> variable(pod, "KUBERNETES_ROLE_LABEL"));
        traits.put("configuration.users.super_username", pod -> variable(pod, "PGUSER_SUPERUSER"));
        traits.put("configuration.users.replication_username", pod -> variable(pod, "PGUSER_STANDBY"));
        traits.put("configuration.kubernetes.secret_name_template", IdentityGuard::superuserSecret);
        return traits;
    }

    /** The refusal, with a reason for each parameter; empty if the cluster stays what it is. */
    static Optional<PlannedStep> refusal(StatefulSet wanted, ObservedCluster observed) {
        var reasons = observed.statefulSet().stream()
                .flatMap(found -> TRAITS.keySet().stream()
                        .flatMap(parameter -> reason(parameter, wanted, found, observed).stream()))
                .toList();
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new PlannedStep(
                        new Step.Refuse("give a running cluster another identity; nothing is done about it until the "
                                + "configuration is as it was"),
                        Impact.FORBIDDEN,
                        reasons));
    }

    private static Optional<Reason> reason(
            String parameter, StatefulSet wanted, StatefulSet found, ObservedCluster observed) {
        var trait = TRAITS.get(parameter);
        var before = trait.apply(found.getSpec().getTemplate().getSpec());
        var after = trait.apply(wanted.getSpec().getTemplate().getSpec());
        boolean isSoAlready = observed.instances().stream()
                .anyMatch(instance -> trait.apply(instance.pod().getSpec()).equals(after));
        return before.isEmpty() || after.isEmpty() || before.equals(after) || isSoAlready
                ? Optional.empty()
                : Optional.of(new Reason(
                        Reason.Code.REFUSED, Optional.of(FieldPath.of(parameter)), before.get(), after.get()));
    }

    private static Optional<String> superuserSecret(PodSpec pod) {
        return variable(pod, "PGUSER_SUPERUSER").flatMap(user -> environment(pod, "PGPASSWORD_SUPERUSER")
                .map(EnvVar::getValueFrom)
                .map(EnvVarSource::getSecretKeyRef)
                .map(SecretKeySelector::getName)
                .map(name -> name.replaceFirst("^" + Pattern.quote(user), "{username}")));
    }

    private static Optional<String> variable(PodSpec pod, String name) {
        return environment(pod, name).map(EnvVar::getValue);
    }

    private static Optional<EnvVar> environment(PodSpec pod, String name) {
        return pod == null
                ? Optional.empty()
                : pod.getContainers().stream()
                        .filter(container -> "postgres".equals(container.getName()) && container.getEnv() != null)
                        .map(container -> container.getEnv())
                        .flatMap(List::stream)
                        .filter(variable -> name.equals(variable.getName()))
                        .findFirst();
    }
}
