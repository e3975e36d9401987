package dev.patronioperator.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

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

    /** Pods, volumes and Patroni of the test's namespace, played once {@link FakeCluster#play} is called; ends with the test. */
    public FakeCluster cluster() {
        return closeAfterTest(FakeCluster.in(client(), namespace()));
    }

    /** The same for all namespaces, for tests with clusters in many. */
    public FakeCluster clusters() {
        return closeAfterTest(FakeCluster.everywhere(client(), namespace()));
    }

    /** A mutating webhook for pods and workloads of the test's namespace; ends with the test. */
    public MutatingWebhook webhook(Consumer<Map<String, Object>> change) {
        return closeAfterTest(new MutatingWebhook(client(), namespace(), change));
    }

    /** A way to the API server that counts effects and can be cut; ends with the test. */
    public ApiServerProxy proxy() {
        return closeAfterTest(new ApiServerProxy(client()));
    }

    @Override
    boolean hasDatabases() {
        return false;
    }

    @Override
    SharedKubernetes start() {
        var given = System.getenv("PATRONI_OPERATOR_APISERVER_KUBECONFIG");
        return given != null
                ? SharedKubernetes.running(Path.of(given))
                : SharedKubernetes.startedFor(
                        "test-api-" + ProcessHandle.current().pid(), LocalKubernetes.Mode.CONTROL_PLANE);
    }
}
