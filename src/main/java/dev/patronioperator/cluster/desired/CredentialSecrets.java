package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DatabaseRole;
import dev.patronioperator.cluster.model.LoginNames;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.SecretText;

/** The credentials of every role that has some. */
final class CredentialSecrets {

    private CredentialSecrets() {}

    static List<SecretTemplate> render(ClusterModel model) {
        return model.roles().all().stream()
                .filter(DatabaseRole::keepsSecret)
                .map(role -> secret(model, role))
                .toList();
    }

    private static SecretTemplate secret(ClusterModel model, DatabaseRole role) {
        var secret = new SecretBuilder()
                .withMetadata(meta(model, role))
                .withType("Opaque")
                .addToData(Credentials.USERNAME, SecretText.encoded(role.name()));
        var names = LoginNames.of(model, role);
        return role.password()
                .map(given -> new SecretTemplate(
                        secret.addToData(Credentials.PASSWORD, SecretText.encoded(given))
                                .build(),
                        List.of(),
                        Optional.of(names)))
                .orElseGet(() -> new SecretTemplate(secret.build(), List.of(Credentials.PASSWORD), Optional.of(names)));
    }

    private static ObjectMeta meta(ClusterModel model, DatabaseRole role) {
        var identity = model.identity();
        var meta = identity.meta(
                model.credentials().secretName(identity.name(), role.name()),
                labels(identity, role),
                identity.inheritedAnnotations());
        // Kubernetes knows no owners across namespaces: it would collect the Secret as an orphan.
        return role.secretNamespace().equals(identity.namespace())
                ? meta
                : meta.edit()
                        .withNamespace(role.secretNamespace())
                        .withOwnerReferences()
                        .build();
    }

    private static Map<String, String> labels(Identity identity, DatabaseRole role) {
        return Credentials.bearsPoolerLabels(role.name())
                ? identity.labels().poolerSelector(MemberRole.PRIMARY)
                : identity.labels().full();
    }
}
