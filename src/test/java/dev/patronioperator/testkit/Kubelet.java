package dev.patronioperator.testkit;

import java.nio.file.Path;

/**
 * A real node: pods run, volumes are mounted, Patroni elects. Needs root. Tests that use it carry {@code @Tag("kubelet")}.
 *
 * <p>{@code ./dev test} starts one with the images loaded and names it in {@code PATRONI_OPERATOR_KUBELET_KUBECONFIG}; without that the first test starts one, which finds
 * the images only if {@code local/images/build} has made them.
 */
public final class Kubelet extends KubernetesExtension {

    /** The development database image, as {@code local/images/build} names it. */
    public static final String DATABASE_IMAGE = "localhost/patroni-operator/spilo-dev:17";

    /** The same image under another name. */
    public static final String OTHER_DATABASE_IMAGE = "localhost/patroni-operator/spilo-dev:17-next";

    /** The development image of the connection pooler. */
    public static final String POOLER_IMAGE = "localhost/patroni-operator/pgbouncer:1.24";

    public Kubelet() {
        super("e2e");
    }

    @Override
    boolean hasDatabases() {
        return true;
    }

    @Override
    SharedKubernetes start() {
        var given = System.getenv("PATRONI_OPERATOR_KUBELET_KUBECONFIG");
        return given != null
                ? SharedKubernetes.running(Path.of(given))
                : SharedKubernetes.startedFor(
                        "test-node-" + ProcessHandle.current().pid(), LocalKubernetes.Mode.NODE);
    }
}
