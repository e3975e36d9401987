package dev.patronioperator.cluster.desired;

import java.util.List;

import io.fabric8.kubernetes.api.model.Secret;

/**
 * A Secret as it should be, but for its passwords: those are generated when it is made and never touched afterwards.
 *
 * @param secret names, labels, type and all data that are not generated
 * @param generatedKeys the data keys that get a generated password at creation
 */
public record SecretTemplate(Secret secret, List<String> generatedKeys) {

    public SecretTemplate {
        generatedKeys = List.copyOf(generatedKeys);
    }
}
