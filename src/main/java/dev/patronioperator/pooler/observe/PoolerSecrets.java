package dev.patronioperator.pooler.observe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.manifest.infrastructure.InfrastructureCredentials;
import dev.patronioperator.manifest.infrastructure.InfrastructureRoles;
import dev.patronioperator.plan.Fingerprint;
import dev.patronioperator.pooler.desired.CertificateMark;
import dev.patronioperator.pooler.desired.PoolerBefore;
import dev.patronioperator.pooler.desired.PoolerEnvironment;
import dev.patronioperator.pooler.desired.PoolerInputs;
import dev.patronioperator.pooler.desired.UserList;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.settings.Settings;

/**
 * Reads the passwords that poolers need, and what they were given before. The cluster controller makes the pooler's role its
 * credentials, the configuration names those of infrastructure roles.
 */
public final class PoolerSecrets {

    private final PoolerModel model;
    private final ObjectReader reader;

    public PoolerSecrets(PoolerModel model, ObjectReader reader) {
        this.model = model;
        this.reader = reader;
    }

    /**
     * @param operatorNamespace where Secrets of infrastructure roles are whose names say no namespace
     */
    public PoolerInputs read(Settings settings, String operatorNamespace) {
        var identity = model.identity();
        var others = reader.ofOthers(identity.namespace(), identity.name());
        var infrastructure = InfrastructureRoles.read(settings, operatorNamespace, others);
        var names = new TreeSet<String>();
        infrastructure.roles().stream().map(InfrastructureCredentials::name).forEach(names::add);
        // The poolers' own role is none of them, whatever a Secret calls so.
        names.remove(model.user());
        return new PoolerInputs(
                infrastructure.complete() ? passwords(infrastructure, others) : Optional.empty(),
                names,
                model.tls().flatMap(tls -> certificate(tls, others)),
                before());
    }

    private Optional<SortedMap<String, String>> passwords(InfrastructureRoles infrastructure, ObjectReader others) {
        // With the pooler's labels it is among what this controller watches.
        var place = Credentials.bearsPoolerLabels(model.user()) ? reader : others;
        return place.get(Secret.class, model.identity().namespace(), credentialsName())
                .orIfUnknown(Optional.empty())
                .flatMap(secret -> SecretText.of(secret, Credentials.PASSWORD))
                .map(password -> {
                    var all = new TreeMap<String, String>();
                    infrastructure.roles().forEach(role -> all.put(role.name(), role.password()));
                    all.put(model.user(), password);
                    return all;
                });
    }

    /** Of all that the Secrets hold, as far as they can be read: a certificate without its authority is not known. */
    private Optional<String> certificate(TlsFiles tls, ObjectReader others) {
        var contents = new TreeMap<String, Object>();
        for (var name : tls.secrets()) {
            var found = others.get(Secret.class, model.identity().namespace(), name)
                    .orIfUnknown(Optional.empty())
                    .map(Secret::getData);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            contents.put(name, found.get());
        }
        return Optional.of(Fingerprint.of(contents));
    }

    /** The Secret with the credentials of the poolers' role. */
    public String credentialsName() {
        return model.credentials().secretName(model.identity().name(), model.user());
    }

    private Map<MemberRole, PoolerBefore> before() {
        var before = new EnumMap<MemberRole, PoolerBefore>(MemberRole.class);
        model.exposure().keySet().forEach(role -> before.put(role, before(role)));
        return before;
    }

    private PoolerBefore before(MemberRole role) {
        var namespace = model.identity().namespace();
        var names = model.identity().names();
        var users =
                reader.get(Secret.class, namespace, names.poolerUserList(role)).orIfUnknown(Optional.empty());
        var pods = reader.get(Deployment.class, namespace, names.pooler(role)).orIfUnknown(Optional.empty());
        return new PoolerBefore(
                users.flatMap(secret -> SecretText.of(secret, UserList.KEY)),
                Math.max(
                        users.map(HasMetadata::getMetadata)
                                .map(PoolerSecrets::revision)
                                .orElse(0),
                        pods.map(found -> revision(found.getSpec().getTemplate().getMetadata()))
                                .orElse(0)),
                pods.flatMap(PoolerSecrets::statisticsUsers),
                pods.map(PoolerSecrets::certificateBefore).orElse(PoolerBefore.Certificate.NONE));
    }

    private static PoolerBefore.Certificate certificateBefore(Deployment pods) {
        return new PoolerBefore.Certificate(
                true,
                certificateMark(pods.getMetadata()),
                certificateMark(pods.getSpec().getTemplate().getMetadata()));
    }

    private static Optional<String> certificateMark(ObjectMeta metadata) {
        return Optional.ofNullable(metadata)
                .map(ObjectMeta::getAnnotations)
                .map(annotations -> annotations.get(CertificateMark.ANNOTATION));
    }

    private static int revision(ObjectMeta metadata) {
        var annotations = metadata == null ? null : metadata.getAnnotations();
        var text = annotations == null ? "" : annotations.getOrDefault(UserList.REVISION, "");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static Optional<String> statisticsUsers(Deployment pods) {
        return pods.getSpec().getTemplate().getSpec().getContainers().stream()
                .map(Container::getEnv)
                .flatMap(env -> env.stream())
                .filter(variable -> PoolerEnvironment.STATISTICS_USERS.equals(variable.getName()))
                .map(EnvVar::getValue)
                .findFirst();
    }
}
