package dev.patronioperator.cli;

import java.util.concurrent.Callable;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;

/** Runs the controllers until the process is told to stop. */
@Dependent
@Unremovable
@Command(
        name = "operator",
        description = {
            "Runs the operator: watches postgresql resources and looks after their clusters, until it is told to stop.",
            "",
            "Configured by environment variables and by a ConfigMap or an OperatorConfiguration, see docs/reference/configuration.md."
        },
        footer = {
            "  # On a desk, against the cluster of the kubeconfig",
            "  CONFIG_MAP_NAME=patroni-operator WATCHED_NAMESPACE=default LEADER_ELECTION=false patroni-operator operator"
        },
        customSynopsis = "patroni-operator operator")
class OperatorCommand implements Callable<Integer> {

    private final Instance<OperatorProcess> process;

    OperatorCommand(Instance<OperatorProcess> process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        process.get().start();
        Quarkus.waitForExit();
        return ExitCode.OK;
    }
}
