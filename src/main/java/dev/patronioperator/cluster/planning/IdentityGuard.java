package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

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
 */
final class IdentityGuard {

    private static final String GROUP = "configuration.kubernetes.";

    /** What is compared: by the parameter that it follows from. */
    private static final Map<String, Function<StatefulSet, Optional<String>>> TRAITS = traits();

    private IdentityGuard() {}

    private static Map<String, Function<StatefulSet, Optional<String>>> traits() {
        var traits = new LinkedHashMap<String, Function<StatefulSet, Optional<String>>>();
        traits.put(GROUP + "cluster_name_label", set -> variable(set, "KUBERNETES_SCOPE_LABEL"));
        traits.put(GROUP + "cluster_labels", IdentityGuard::commonLabels);
        traits.put(GROUP + "pod_role_label", set -> variable(set, "KUBERNETES_ROLE_LABEL"));
        traits.put("configuration.users.super_username", set -> variable(set, "PGUSER_SUPERUSER"));
        traits.put("configuration.users.replication_username", set -> variable(set, "PGUSER_STANDBY"));
        traits.put(GROUP + "secret_name_template", IdentityGuard::superuserSecret);
        return traits;
    }

    /** The refusal, with a reason for each parameter; empty if the cluster stays what it is. */
    static Optional<PlannedStep> refusal(StatefulSet wanted, StatefulSet found) {
        var reasons = new ArrayList<Reason>();
        TRAITS.forEach((parameter, trait) -> {
            var before = trait.apply(found);
            var after = trait.apply(wanted);
            if (before.isPresent() && after.isPresent() && !before.equals(after)) {
                reasons.add(new Reason(
                        Reason.Code.REFUSED, Optional.of(FieldPath.of(parameter)), before.get(), after.get()));
            }
        });
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new PlannedStep(
                        new Step.Refuse("give a running cluster another identity; nothing is done about it until the "
                                + "configuration is as it was"),
                        Impact.FORBIDDEN,
                        List.copyOf(reasons)));
    }

    /** The labels that all clusters have: those of the selector but for the cluster's own name. */
    private static Optional<String> commonLabels(StatefulSet set) {
        var nameLabel = variable(set, "KUBERNETES_SCOPE_LABEL");
        var selector = set.getSpec().getSelector();
        if (nameLabel.isEmpty() || selector == null || selector.getMatchLabels() == null) {
            return Optional.empty();
        }
        var labels = new TreeMap<>(selector.getMatchLabels());
        labels.remove(nameLabel.get());
        return Optional.of(labels.toString());
    }

    private static Optional<String> superuserSecret(StatefulSet set) {
        var sameUser = variable(set, "PGUSER_SUPERUSER");
        return sameUser.isEmpty()
                ? Optional.empty()
                : environment(set, "PGPASSWORD_SUPERUSER")
                        .map(EnvVar::getValueFrom)
                        .map(source -> source.getSecretKeyRef())
                        .map(ref -> ref.getName().replaceFirst("^" + Pattern.quote(sameUser.get()), "{username}"));
    }

    private static Optional<String> variable(StatefulSet set, String name) {
        return environment(set, name).map(EnvVar::getValue);
    }

    private static Optional<EnvVar> environment(StatefulSet set, String name) {
        return set.getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> "postgres".equals(container.getName()))
                .map(Container::getEnv)
                .flatMap(List::stream)
                .filter(variable -> name.equals(variable.getName()))
                .findFirst();
    }
}
