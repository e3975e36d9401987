package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * Account and rights of the pods. All clusters of a namespace share them, so they bear no cluster's labels and no owner.
 *
 * <p>The ClusterRole has to be there: it grants more than an operator may hand out by itself.
 */
final class PodAccess {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private PodAccess() {}

    static List<HasMetadata> render(ClusterModel model) {
        return List.of(account(model), binding(model));
    }

    private static ServiceAccount account(ClusterModel model) {
        var given = definition(
                model.settings().get(KubernetesParameters.POD_SERVICE_ACCOUNT_DEFINITION), ServiceAccount.class);
        var builder = given.map(ServiceAccountBuilder::new).orElseGet(ServiceAccountBuilder::new);
        var meta = meta(given.map(ServiceAccount::getMetadata), model, accountName(model.settings()));
        var role = model.settings().get(CloudParameters.IRSA_ROLE_ARN);
        return builder.withMetadata(role.map(arn -> meta.edit()
                                .addToAnnotations(Annotations.IRSA_ROLE_ARN, arn)
                                .build())
                        .orElse(meta))
                .build();
    }

    private static RoleBinding binding(ClusterModel model) {
        var account = accountName(model.settings());
        var given = definition(
                model.settings().get(KubernetesParameters.POD_SERVICE_ACCOUNT_ROLE_BINDING_DEFINITION),
                RoleBinding.class);
        var name = given.map(RoleBinding::getMetadata).map(ObjectMeta::getName).orElse(account);
        return given.map(RoleBindingBuilder::new)
                .orElseGet(() -> plainBinding(account))
                .withMetadata(meta(given.map(RoleBinding::getMetadata), model, name))
                .build();
    }

    private static RoleBindingBuilder plainBinding(String account) {
        return new RoleBindingBuilder()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", account)
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(account)
                .endSubject();
    }

    private static ObjectMeta meta(Optional<ObjectMeta> given, ClusterModel model, String name) {
        return given.map(ObjectMetaBuilder::new)
                .orElseGet(ObjectMetaBuilder::new)
                .withNamespace(model.identity().namespace())
                .withName(name)
                .build();
    }

    private static String accountName(Settings settings) {
        return settings.get(KubernetesParameters.POD_SERVICE_ACCOUNT_NAME);
    }

    /** JSON is YAML too. An unreadable definition was reported when the configuration was read; the plain object is made then. */
    private static <T extends HasMetadata> Optional<T> definition(Optional<String> text, Class<T> type) {
        return text.flatMap(yaml -> {
            try {
                return Optional.of(YAML.unmarshal(yaml, type));
            } catch (RuntimeException unreadable) {
                return Optional.empty();
            }
        });
    }
}
