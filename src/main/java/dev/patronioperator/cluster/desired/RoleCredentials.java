package dev.patronioperator.cluster.desired;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DatabaseRole;
import dev.patronioperator.cluster.model.LoginNames;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.ObjectRef;

/**
 * What the Secret of a role says.
 *
 * @param names whom it may name
 */
public record RoleCredentials(DatabaseRole role, Secret secret, LoginNames names) {

    /** A user with its password. */
    public record Login(String user, String password) {
        /** Without the password: a record prints all it holds. */
        @Override
        public String toString() {
            return user;
        }
    }

    /** @param objects what there is, Secrets among it */
    public static Optional<RoleCredentials> find(
            ClusterModel model, DatabaseRole role, Map<ObjectRef, HasMetadata> objects) {
        var name = model.credentials().secretName(model.identity().name(), role.name());
        return objects.get(new ObjectRef("v1", "Secret", role.secretNamespace(), name)) instanceof Secret secret
                ? Optional.of(new RoleCredentials(role, secret, LoginNames.of(model, role)))
                : Optional.empty();
    }

    /** The login that applications find; empty if there is no password. */
    public Optional<Login> login() {
        return value(Credentials.PASSWORD).map(password -> new Login(user(), password));
    }

    /** Whom applications log in as: the role, or who took over from it. Another name in the Secret counts for nothing. */
    public String user() {
        return value(Credentials.USERNAME).filter(names::isSuccessor).orElse(role.name());
    }

    /** Whether it names somebody whom it may not name; nothing follows from such a name, and it is put back. */
    public boolean isMisnamed() {
        return value(Credentials.USERNAME).filter(user -> !names.allow(user)).isPresent();
    }

    /** The login that is about to take over; none but the role itself, or one named after it. */
    public Optional<Login> pending() {
        return value(Credentials.PENDING_USERNAME)
                .filter(user -> names.rotated() && names.allow(user))
                .flatMap(user -> value(Credentials.PENDING_PASSWORD).map(password -> new Login(user, password)));
    }

    /** When the password is to be changed next; empty if the Secret says nothing that is a time. */
    public Optional<Instant> nextRotation() {
        return value(Credentials.NEXT_ROTATION).flatMap(RoleCredentials::time);
    }

    /** Whether a rotation was ever begun or planned. */
    public boolean knowsRotation() {
        return secret.getData() != null && secret.getData().containsKey(Credentials.NEXT_ROTATION);
    }

    /** A value in plain text; empty if there is none. */
    Optional<String> value(String key) {
        return SecretText.of(secret, key).filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /** Without what it holds. */
    @Override
    public String toString() {
        return "RoleCredentials[" + role.name() + "]";
    }
}
