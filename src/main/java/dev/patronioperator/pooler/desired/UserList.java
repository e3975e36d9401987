package dev.patronioperator.pooler.desired;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.pooler.model.PoolerModel;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Whom PgBouncer knows by itself: its own role, which looks up everybody else, and the infrastructure roles. */
final class UserList {

    static final String KEY = "userlist.txt";

    private UserList() {}

    static Optional<Secret> render(PoolerModel model, PoolerInputs inputs, MemberRole role) {
        var identity = model.identity();
        return inputs.passwords().map(passwords -> new SecretBuilder()
                .withMetadata(identity.meta(
                        identity.names().poolerUserList(role),
                        identity.labels().poolerFull(role),
                        identity.inheritedAnnotations()))
                .withType("Opaque")
                .addToData(KEY, encoded(text(passwords)))
                .build());
    }

    private static String text(Map<String, String> passwords) {
        return passwords.entrySet().stream()
                .map(user -> quoted(user.getKey()) + " " + quoted(user.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** PgBouncer doubles a quote inside quotes. */
    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
