package dev.patronioperator.golden;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import org.awaitility.Awaitility;

import dev.patronioperator.api.OperatorConfiguration;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.OperatorIdentity;
import dev.patronioperator.testkit.OperatorUnderTest;

/**
 * The packaged operator for all namespaces, which goes from one OperatorConfiguration to the next as it runs. It is started anew only where the configuration says
 * which objects it watches.
 */
final class ConfiguredOperator {

    private static final String IN_FORCE = "golden";
    private static final String PROPOSED = "golden-proposed";

    private static final List<String> READ_AT_START = List.of(
            "/kubernetes/cluster_labels",
            "/kubernetes/cluster_name_label",
            "/kubernetes/pod_role_label",
            "/kubernetes/pod_service_account_name",
            "/kubernetes/pod_service_account_definition");

    private final ApiServer kubernetes;
    private JsonNode configuration = MissingNode.getInstance();
    private Optional<OperatorUnderTest> process = Optional.empty();

    ConfiguredOperator(ApiServer kubernetes) {
        this.kubernetes = kubernetes;
    }

    String user() {
        return process.orElseThrow().user();
    }

    /** Runs with this configuration when it returns. */
    void configure(JsonNode wanted) {
        if (wanted.equals(configuration)) {
            return;
        }
        var anew = process.isEmpty()
                || READ_AT_START.stream().anyMatch(part -> !wanted.at(part).equals(configuration.at(part)));
        if (anew) {
            process.ifPresent(OperatorUnderTest::close);
        }
        write(IN_FORCE, wanted);
        configuration = wanted;
        letBind(wanted.at("/kubernetes/pod_service_account_role_binding_definition"));
        if (anew) {
            process = Optional.of(start());
        }
        Awaitility.await("the configuration is in force").until(this::isInForce);
    }

    /** Writes the configuration and starts nothing yet: the name of the OperatorConfiguration. */
    String prepare(JsonNode wanted) {
        write(IN_FORCE, wanted);
        return IN_FORCE;
    }

    void restart() {
        process.ifPresent(OperatorUnderTest::close);
        process = Optional.of(start());
    }

    /** What {@code patroni-operator plan} prints of manifests under a configuration. */
    String plan(JsonNode proposed, String directory) {
        write(PROPOSED, proposed);
        return process.orElseThrow()
                .command(Map.of("POSTGRES_OPERATOR_CONFIGURATION_OBJECT", PROPOSED), List.of("plan", "-f", directory));
    }

    /** Who wants another role for the pods than the installation's has to let the operator give it: Kubernetes lets nobody give away what he has not. */
    private void letBind(JsonNode definition) {
        if (definition.asText().isBlank()) {
            return;
        }
        var serialization = kubernetes.client().getKubernetesSerialization();
        var role =
                serialization.unmarshal(definition.asText(), RoleBinding.class).getRoleRef();
        var name = "bind-" + role.getName();
        kubernetes
                .client()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups(role.getApiGroup())
                        .withResources("clusterroles")
                        .withResourceNames(role.getName())
                        .withVerbs("bind")
                        .endRule()
                        .build())
                .serverSideApply();
        kubernetes
                .client()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef(role.getApiGroup(), "ClusterRole", name)
                        .addNewSubject(
                                "rbac.authorization.k8s.io",
                                "User",
                                OperatorIdentity.user(kubernetes.namespace()),
                                null)
                        .build())
                .serverSideApply();
    }

    private OperatorUnderTest start() {
        return kubernetes
                .operator()
                .withEnvironment("WATCHED_NAMESPACE", "*")
                .withEnvironment("POSTGRES_OPERATOR_CONFIGURATION_OBJECT", IN_FORCE)
                .start();
    }

    @SuppressWarnings("unchecked") // a JSON object is a map with texts for keys
    private void write(String name, JsonNode configuration) {
        var object = new OperatorConfiguration();
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(kubernetes.namespace())
                .withName(name)
                .build());
        object.setConfiguration(
                kubernetes.client().getKubernetesSerialization().convertValue(configuration, Map.class));
        kubernetes.client().resource(object).createOr(existing -> existing.update());
    }

    private boolean isInForce() {
        var object = kubernetes
                .client()
                .resources(OperatorConfiguration.class)
                .inNamespace(kubernetes.namespace())
                .withName(IN_FORCE)
                .get();
        var status = object.getStatus();
        if (status == null || !object.getMetadata().getGeneration().equals(status.observedGeneration())) {
            return false;
        }
        if (!Conditions.isTrue(status.conditions(), "Accepted")) {
            throw new AssertionError(
                    "the configuration is refused: " + Conditions.find(status.conditions(), "Accepted"));
        }
        return true;
    }
}
