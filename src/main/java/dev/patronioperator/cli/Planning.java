package dev.patronioperator.cli;

import java.util.List;
import java.util.Optional;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.config.ConfigurationCheck;
import dev.patronioperator.plan.Known;

/** What the commands need of the planner: the one that the controller uses, fed by reading only. Has no effects. */
public interface Planning {

    /** The namespace that is meant where none is given: the one of the kubeconfig's context. */
    String defaultNamespace();

    /**
     * What the operator would do about the manifest: against the cluster of that name, or against nothing.
     *
     * @param manifest with a name and a namespace; its content need not be valid
     */
    PlannedManifest plan(Postgresql manifest);

    /** The resource as it is; empty if there is none. */
    Known<Optional<Postgresql>> find(String namespace, String name);

    /** The resources of a namespace, or of all if none is given. */
    Known<List<Postgresql>> list(Optional<String> namespace);

    /** What the operator would make of its configuration. */
    Known<ConfigurationCheck> configuration();
}
