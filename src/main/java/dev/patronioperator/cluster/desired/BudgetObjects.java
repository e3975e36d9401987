package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * What may be evicted: never the primary, and nothing at all while something is going on that must not be interrupted. Both budgets always exist; one that is off
 * allows everything.
 */
final class BudgetObjects {

    private BudgetObjects() {}

    static List<PodDisruptionBudget> render(ClusterModel model) {
        return List.of(primary(model), criticalOperation(model));
    }

    private static PodDisruptionBudget primary(ClusterModel model) {
        var settings = model.settings();
        var labels = model.identity().labels();
        var name = model.identity().names().primaryBudget(settings.get(KubernetesParameters.PDB_NAME_FORMAT));
        var byRole = settings.get(KubernetesParameters.PDB_MASTER_LABEL_SELECTOR);
        return budget(model, name, byRole ? labels.selector(MemberRole.PRIMARY) : labels.selector())
                .editSpec()
                .withMinAvailable(new IntOrString(on(model) ? membersToKeep(model, byRole) : 0))
                .endSpec()
                .build();
    }

    /** Strict synchronous replication stops writing without its standbys, so they count with the primary where the budget can count them. */
    private static int membersToKeep(ClusterModel model, boolean byRole) {
        var dynamic = model.dynamicConfiguration();
        return !byRole && dynamic.synchronousModeStrict() ? dynamic.effectiveSynchronousNodes() + 1 : 1;
    }

    private static PodDisruptionBudget criticalOperation(ClusterModel model) {
        var identity = model.identity();
        return budget(
                        model,
                        identity.names().criticalOperationBudget(),
                        identity.labels().criticalOperationSelector())
                .editSpec()
                .withMaxUnavailable(on(model) ? new IntOrString(0) : new IntOrString("100%"))
                .endSpec()
                .build();
    }

    private static boolean on(ClusterModel model) {
        return model.settings().get(KubernetesParameters.ENABLE_POD_DISRUPTION_BUDGET)
                && model.instances().count() > 0;
    }

    private static PodDisruptionBudgetBuilder budget(ClusterModel model, String name, Map<String, String> selector) {
        var identity = model.identity();
        return new PodDisruptionBudgetBuilder()
                .withMetadata(identity.meta(name, identity.labels().full(), identity.inheritedAnnotations()))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(selector)
                .endSelector()
                .endSpec();
    }
}
