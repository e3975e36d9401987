package dev.patronioperator.pooler.desired;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.pooler.model.PoolerModel;

/**
 * Whom PgBouncer knows by itself: its own role, which looks up everybody else, and the infrastructure roles.
 *
 * <p>It is mounted so that running pods never see it change. So every change counts up a revision, here and in the template of the
 * pods, which makes Kubernetes replace them one after the other. The list that a pooler was made with has none: taking over the peer's
 * poolers replaces no pod. The number says nothing about the passwords, as a hash of them would.
 *
 * @param text what PgBouncer reads; empty while the passwords are not known
 */
public record UserList(Optional<String> text, int revision) {

    public static final String KEY = "userlist.txt";

    /** On the Secret and on the template of the pods. */
    public static final String REVISION = "patroni-operator.dev/user-list-revision";

    /** Between quotes may be any character, a line break too: PgBouncer reads on to the closing quote. */
    private static final String QUOTED = "\"([^\"]*+(?:\"\"[^\"]*+)*+)\"";

    private static final Pattern USER = Pattern.compile(QUOTED + "\\s+" + QUOTED);

    static UserList of(PoolerInputs inputs, MemberRole role) {
        var before = inputs.before(role);
        if (inputs.passwords().isEmpty()) {
            return new UserList(Optional.empty(), before.revision());
        }
        var wanted = inputs.passwords().get();
        if (before.userList().isEmpty()) {
            return new UserList(Optional.of(text(wanted)), before.revision());
        }
        return users(before.userList().get()).equals(wanted)
                ? new UserList(before.userList(), before.revision())
                : new UserList(Optional.of(text(wanted)), before.revision() + 1);
    }

    Map<String, String> annotations() {
        return revision == 0 ? Map.of() : Map.of(REVISION, String.valueOf(revision));
    }

    Optional<Secret> secret(PoolerModel model, MemberRole role) {
        var identity = model.identity();
        var annotations = new TreeMap<>(identity.inheritedAnnotations());
        annotations.putAll(annotations());
        return text.map(list -> new SecretBuilder()
                .withMetadata(identity.meta(
                        identity.names().poolerUserList(role), identity.labels().poolerFull(role), annotations))
                .withType("Opaque")
                .addToData(KEY, SecretText.encoded(list))
                .build());
    }

    private static String text(Map<String, String> passwords) {
        return passwords.entrySet().stream()
                .map(user -> quoted(user.getKey()) + " " + quoted(user.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** What a list says, in whatever order; what stands between two users says nothing. */
    private static Map<String, String> users(String text) {
        var users = new TreeMap<String, String>();
        USER.matcher(text).results().forEach(user -> users.put(plain(user.group(1)), plain(user.group(2))));
        return users;
    }

    /** PgBouncer doubles a quote inside quotes. */
    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String plain(String quoted) {
        return quoted.replace("\"\"", "\"");
    }

    /** Without the list: a record prints all it holds. */
    @Override
    public String toString() {
        return "UserList[revision " + revision + "]";
    }
}
