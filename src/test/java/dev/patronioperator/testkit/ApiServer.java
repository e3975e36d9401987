package dev.patronioperator.testkit;

import java.nio.file.Path;

/**
 * A real API server with Kubernetes' own controllers but no kubelet: pods are made and stay where they are, unless a {@link FakeCluster} plays them. Tests that
 * use it carry {@code @Tag("apiserver")}.
 *
 * <p>{@code ./dev test} starts one and names it in {@code PATRONI_OPERATOR_APISERVER_KUBECONFIG}; without that the first test starts one, and the run ends it.
 */
public final class ApiServer extends KubernetesExtension {

    public ApiServer() {
        super("api");
    }

    @Override
    SharedKubernetes start() {
        var given = System.getenv("PATRONI_OPERATOR_APISERVER_KUBECONFIG");
        return given != null
                ? SharedKubernetes.running(Path.of(given))
                : SharedKubernetes.startedFor("test-api-" + ProcessHandle.current().pid(), LocalKubernetes.Mode.CONTROL_PLANE);
    }
}
