package dev.patronioperator.manifest;

import java.util.Base64;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Secret;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Texts in the data of Secrets, which holds bytes in base64. */
public final class SecretText {

    private SecretText() {}

    /** The text of a key; empty if the Secret has no such key. */
    public static Optional<String> of(Secret secret, String key) {
        return Optional.ofNullable(secret.getData()).map(data -> data.get(key)).map(SecretText::decoded);
    }

    /** @param data base64, as a Secret holds it */
    public static String decoded(String data) {
        return new String(Base64.getDecoder().decode(data), UTF_8);
    }

    /** The text as a Secret holds it. */
    public static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
