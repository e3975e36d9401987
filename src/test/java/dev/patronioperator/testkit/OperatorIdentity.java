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
 * A ServiceAccount with the role that the operator is installed with, and nothing more: what the role lacks, fails in tests.
 *
 * @param namespace of the ServiceAccount; it has a token of its own in each
 */
public record OperatorIdentity(KubernetesClient client, String namespace) {

    private static final String NAME = "patroni-operator";

    static OperatorIdentity in(KubernetesClient client, String namespace) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME + "-" + namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NAME)
                        .addNewSubject("", "ServiceAccount", NAME, namespace)
                        .build())
                .serverSideApply();
        return new OperatorIdentity(client, namespace);
    }

    String user() {
        return user(namespace);
    }

    /** By this name the API server knows the operator that is installed in a namespace. */
    public static String user(String namespace) {
        return "system:serviceaccount:" + namespace + ":" + NAME;
    }

    void revoke() {
        client.rbac().clusterRoleBindings().withName(NAME + "-" + namespace).delete();
    }

    /** A file that logs in with a fresh token; at {@code server} if one is given, else where the administrator's leads. */
    Path kubeconfig(URI server) {
        var token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(NAME)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(7200L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        var cluster = new NamedClusterBuilder().withName(NAME).withNewCluster();
        if (server != null) {
            cluster.withServer(server.toString());
        } else {
            cluster.withServer(client.getConfiguration().getMasterUrl())
                    .withCertificateAuthorityData(client.getConfiguration().getCaCertData());
        }
        var config = new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .withCurrentContext(NAME)
                .withClusters(cluster.endCluster().build())
                .withUsers(new NamedAuthInfoBuilder()
                        .withName(NAME)
                        .withNewUser()
                        .withToken(token)
                        .endUser()
                        .build())
                .withContexts(new NamedContextBuilder()
                        .withName(NAME)
                        .withNewContext()
                        .withCluster(NAME)
                        .withUser(NAME)
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
