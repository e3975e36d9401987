package dev.patronioperator.cluster.desired;

import java.net.URLEncoder;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DatabaseRole;
import dev.patronioperator.cluster.model.RoleOrigin;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.SecretValue;
import dev.patronioperator.postgres.databases.PreparedDatabaseSpec;
import dev.patronioperator.postgres.secrets.PasswordVerifier;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.UsersParameters;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The credentials of a role as one text, which a program can connect with: {@code uri} for libpq and most drivers, {@code jdbc-uri} for
 * pgjdbc.
 *
 * <p>They are written where the configuration asks for them. One that was written is kept right for ever: it would let nobody in after
 * the next change of the password. Keys of these names with other texts are somebody else's.
 *
 * @param templates by data key, with {@code {username}} and {@code {password}} for what the Secret says
 */
public record ConnectionUris(SortedMap<String, String> templates) {

    private static final int PORT = 5432;
    private static final String SYSTEM_DATABASE = "postgres";
    private static final Pattern HOLE = Pattern.compile("\\{(username|password)}");

    /** @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">Connection URIs</a> */
    public static ConnectionUris of(ClusterModel model, DatabaseRole role) {
        var identity = model.identity();
        var server = identity.names().service(MemberRole.PRIMARY) + "." + identity.namespace() + ".svc."
                + model.settings().get(KubernetesParameters.CLUSTER_DOMAIN) + ":" + PORT + "/"
                + encoded(database(model, role));
        return new ConnectionUris(new TreeMap<>(Map.of(
                Credentials.URI, "postgresql://{username}:{password}@" + server + "?sslmode=require",
                Credentials.JDBC_URI,
                        "jdbc:postgresql://" + server + "?user={username}&password={password}&sslmode=require")));
    }

    /** What is to be written so that they say what the Secret does; nothing if they do, or need not be there. */
    public Map<String, SecretValue> missing(ClusterModel model, RoleCredentials found) {
        var wanted = new TreeMap<String, SecretValue>();
        if (found.login()
                .filter(login -> PasswordVerifier.parse(login.password()).isEmpty())
                .isPresent()) {
            templates.forEach((key, template) -> {
                if (isKept(key, model, found) && !found.value(key).equals(Optional.of(filled(template, found)))) {
                    wanted.put(key, new SecretValue.Filled(template));
                }
            });
        }
        return wanted;
    }

    /** The same for a Secret whose credentials are about to change. */
    public Map<String, SecretValue> after(ClusterModel model, RoleCredentials found) {
        var kept = new TreeMap<String, SecretValue>();
        templates.forEach((key, template) -> {
            if (isKept(key, model, found)) {
                kept.put(key, new SecretValue.Filled(template));
            }
        });
        return kept;
    }

    private boolean isKept(String key, ClusterModel model, RoleCredentials found) {
        return found.value(key)
                .map(text -> form(templates.get(key)).matcher(text).matches())
                .orElseGet(() -> model.settings().get(UsersParameters.ENABLE_URIS_IN_SECRETS));
    }

    private static Pattern form(String template) {
        var parts = HOLE.split(template, -1);
        var form = new StringBuilder(Pattern.quote(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            form.append("[^:/?&@]*").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(form.toString());
    }

    private static String filled(String template, RoleCredentials found) {
        return fill(template, Optional.ofNullable(found.secret().getData()).orElseGet(Map::of));
    }

    /** @param data of a Secret, base64 by key */
    public static String fill(String template, Map<String, String> data) {
        return HOLE.matcher(template)
                .replaceAll(hole -> encoded(SecretText.decoded(data.getOrDefault(hole.group(1), ""))));
    }

    /** The database that a role is for: that of its name, the first one it owns, the only one there is; else the one that always is. */
    private static String database(ClusterModel model, DatabaseRole role) {
        var databases = model.databases();
        var prepared = databases.prepared().stream()
                .map(PreparedDatabaseSpec::name)
                .filter(name -> role.origin() == RoleOrigin.PREPARED_DATABASE
                        && role.name().startsWith(name + "_"))
                .max(Comparator.comparing(String::length));
        var owned = databases.owners().entrySet().stream()
                .filter(database -> database.getValue().equals(role.name()))
                .map(Map.Entry::getKey)
                .findFirst();
        var only = databases.owners().size() == 1 && !isOfTheServer(role)
                ? Optional.of(databases.owners().firstKey())
                : Optional.<String>empty();
        return prepared.or(() -> owned).or(() -> only).orElse(SYSTEM_DATABASE);
    }

    private static boolean isOfTheServer(DatabaseRole role) {
        return role.origin() == RoleOrigin.SYSTEM || role.origin() == RoleOrigin.POOLER;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
