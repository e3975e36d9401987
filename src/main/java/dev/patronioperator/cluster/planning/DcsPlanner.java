package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Optional;

import dev.patronioperator.cluster.model.Dcs;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/** Says that Patroni's state stays where it is, if the configuration asks for another place. */
public final class DcsPlanner {

    private DcsPlanner() {}

    public static List<PlannedStep> refusals(Dcs configured, Dcs inUse) {
        if (configured.equals(inUse)) {
            return List.of();
        }
        var parameter =
                configured instanceof Dcs.Etcd || inUse instanceof Dcs.Etcd ? "etcd_host" : "kubernetes_use_configmaps";
        return List.of(PlannedStep.of(
                new Step.Refuse(
                        "move Patroni's state of a running cluster from " + inUse.text() + " to " + configured.text()),
                Impact.FORBIDDEN,
                new Reason(
                        Reason.Code.REFUSED, Optional.of(FieldPath.of(parameter)), inUse.text(), configured.text())));
    }
}
