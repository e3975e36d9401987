package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import dev.patronioperator.cluster.model.LoginNames;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.SecretText;

/**
 * A Secret as it should be, but for its passwords: those are generated when it is made and never touched afterwards.
 *
 * @param secret names, labels, type and all data that are not generated
 * @param generatedKeys the data keys that get a generated password at creation
 * @param names whom it may name; empty if it is no role's
 */
public record SecretTemplate(Secret secret, List<String> generatedKeys, Optional<LoginNames> names) {

    public SecretTemplate {
        generatedKeys = List.copyOf(generatedKeys);
    }

    /** One that is no role's. */
    public SecretTemplate(Secret secret, List<String> generatedKeys) {
        this(secret, generatedKeys, Optional.empty());
    }

    /** The same for a Secret that exists: it keeps a login that took over from the role, whichever operator saw to that. */
    public Secret keepingLogin(Secret found) {
        return user(found).filter(this::isSuccessor).isPresent()
                ? new SecretBuilder(secret)
                        .addToData(Credentials.USERNAME, found.getData().get(Credentials.USERNAME))
                        .build()
                : secret;
    }

    /** Whether a Secret that exists names somebody whom it may not name. */
    public boolean isMisnamed(Secret found) {
        return user(found).isPresent()
                && names.isPresent()
                && !names.get().allow(user(found).get());
    }

    private boolean isSuccessor(String login) {
        return names.filter(those -> those.isSuccessor(login)).isPresent();
    }

    /** What is no base64, which the API server would not take, is no name either. */
    private static Optional<String> user(Secret secret) {
        try {
            return SecretText.of(secret, Credentials.USERNAME);
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }
}
