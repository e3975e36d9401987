package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.postgres.roles.RotatedName;

/**
 * A Secret as it should be, but for its passwords: those are generated when it is made and never touched afterwards.
 *
 * @param secret names, labels, type and all data that are not generated
 * @param generatedKeys the data keys that get a generated password at creation
 * @param rotatable whether another login may take over from the role
 */
public record SecretTemplate(Secret secret, List<String> generatedKeys, boolean rotatable) {

    public SecretTemplate {
        generatedKeys = List.copyOf(generatedKeys);
    }

    /** One of a role that no other login takes over from. */
    public SecretTemplate(Secret secret, List<String> generatedKeys) {
        this(secret, generatedKeys, false);
    }

    /** The same for a Secret that exists: it keeps a login that took over from the role, whichever operator saw to that. */
    public Secret keepingLogin(Secret found) {
        boolean tookOver = rotatable
                && user(secret)
                        .flatMap(role -> user(found).flatMap(login -> RotatedName.day(role, login)))
                        .isPresent();
        return tookOver
                ? new SecretBuilder(secret)
                        .addToData(Credentials.USERNAME, found.getData().get(Credentials.USERNAME))
                        .build()
                : secret;
    }

    private static Optional<String> user(Secret secret) {
        return SecretText.of(secret, Credentials.USERNAME);
    }
}
