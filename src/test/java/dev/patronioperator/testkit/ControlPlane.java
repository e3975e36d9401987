package dev.patronioperator.testkit;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What {@link ApiServer} is for tests, for a program of its own: an API server with one namespace to work in. Ends with the program. */
public final class ControlPlane implements AutoCloseable {

    private final SharedKubernetes kubernetes;
    private final String namespace;
    private final Deque<Runnable> endings = new ArrayDeque<>();

    private ControlPlane(SharedKubernetes kubernetes, String namespace) {
        this.kubernetes = kubernetes;
        this.namespace = namespace;
    }

    public static ControlPlane start(String name, String namespace) {
        var kubernetes = SharedKubernetes.startedFor(name, LocalKubernetes.Mode.CONTROL_PLANE);
        kubernetes
                .client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return new ControlPlane(kubernetes, namespace);
    }

    public KubernetesClient client() {
        return kubernetes.client();
    }

    public String namespace() {
        return namespace;
    }

    public Path kubeconfig() {
        return kubernetes.instance().kubeconfig();
    }

    public Path auditLog() {
        return kubernetes.instance().auditLog();
    }

    public OperatorUnderTest.Builder operator() {
        return new OperatorUnderTest.Builder(client(), namespace, operator -> endings.push(operator::close));
    }

    /** Whether an operator acts: one that is ready may still wait for the lease of another. */
    public boolean hasLeader() {
        var lease = client().leases()
                .inNamespace(namespace)
                .withName("patroni-operator")
                .get();
        return lease != null && lease.getSpec().getHolderIdentity() != null;
    }

    /** Pods and Patroni of all clusters in the namespace. */
    public FakeFleet fleet() {
        var fleet = new FakeFleet(client(), namespace);
        endings.push(fleet::close);
        return fleet;
    }

    @Override
    public void close() {
        endings.forEach(Runnable::run);
        kubernetes.close();
    }
}
