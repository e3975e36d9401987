package dev.patronioperator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamedAuthInfoBuilder;
import io.fabric8.kubernetes.api.model.NamedClusterBuilder;
import io.fabric8.kubernetes.api.model.NamedContextBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * A ServiceAccount with one role, that which the operator is installed with unless said, and nothing more: what the role lacks, fails in tests.
 *
 * @param namespace of the ServiceAccount; it has a token of its own in each
 * @param name of the ServiceAccount and of the role
 */
public record OperatorIdentity(KubernetesClient client, String namespace, String name) {

    private static final String NAME = "patroni-operator";

    static OperatorIdentity in(KubernetesClient client, String namespace) {
        return withRole(client, namespace, NAME);
    }

    /** Somebody with the ClusterRole of this name, which is there already. */
    public static OperatorIdentity withRole(KubernetesClient client, String namespace, String name) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name + "-" + namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                        .addNewSubject("", "ServiceAccount", name, namespace)
                        .build())
                .serverSideApply();
        return new OperatorIdentity(client, namespace, name);
    }

    /** What the API server's audit log calls it. */
    public String user() {
        return "system:serviceaccount:" + namespace + ":" + name;
    }

    /** By this name the API server knows the operator that is installed in a namespace. */
    public static String user(String namespace) {
        return "system:serviceaccount:" + namespace + ":" + NAME;
    }

    public void revoke() {
        client.rbac().clusterRoleBindings().withName(name + "-" + namespace).delete();
    }

    /** A file that logs in with a fresh token. */
    public Path kubeconfig() {
        return kubeconfig(null);
    }

    /** A file that logs in with a fresh token; at {@code server} if one is given, else where the administrator's leads. */
    Path kubeconfig(URI server) {
        var token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(7200L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        var cluster = new NamedClusterBuilder().withName(name).withNewCluster();
        if (server != null) {
            cluster.withServer(server.toString());
        } else {
            cluster.withServer(client.getConfiguration().getMasterUrl())
                    .withCertificateAuthorityData(client.getConfiguration().getCaCertData());
        }
        var config = new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .withCurrentContext(name)
                .withClusters(cluster.endCluster().build())
                .withUsers(new NamedAuthInfoBuilder()
                        .withName(name)
                        .withNewUser()
                        .withToken(token)
                        .endUser()
                        .build())
                .withContexts(new NamedContextBuilder()
                        .withName(name)
                        .withNewContext()
                        .withCluster(name)
                        .withUser(name)
                        .withNamespace(namespace)
                        .endContext()
                        .build())
                .build();
        try {
            var file = Files.createTempFile(namespace, ".kubeconfig");
            file.toFile().deleteOnExit();
            return Files.writeString(file, Serialization.asYaml(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
