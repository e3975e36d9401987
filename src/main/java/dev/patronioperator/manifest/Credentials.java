package dev.patronioperator.manifest;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.UsersParameters;

/**
 * Where the credentials of roles are kept.
 *
 * @param superuser the role the operator and the sidecars log in as
 * @param replication the role standbys and clones log in as
 * @param template {@code secret_name_template}
 */
public record Credentials(String superuser, String replication, String template) {

    public static final String USERNAME = "username";
    public static final String PASSWORD = "password";

    /** All that a program needs to connect, as libpq has it. */
    public static final String URI = "uri";

    /** The same as pgjdbc has it. */
    public static final String JDBC_URI = "jdbc-uri";

    /** When the password is changed next, as RFC 3339 has it; empty once that was switched off. */
    public static final String NEXT_ROTATION = "nextRotation";

    /** The user that takes over, from when it is known until it can log in; the role is made from it, then it moves to {@link #USERNAME}. */
    public static final String PENDING_USERNAME = "pendingUsername";

    /** That user's password. */
    public static final String PENDING_PASSWORD = "pendingPassword";

    public static Credentials of(Settings settings) {
        return new Credentials(
                settings.get(UsersParameters.SUPER_USERNAME),
                settings.get(UsersParameters.REPLICATION_USERNAME),
                settings.get(KubernetesParameters.SECRET_NAME_TEMPLATE));
    }

    /** The Secret of that role in that cluster. */
    public String secretName(String cluster, String role) {
        return new Names(cluster).credentials(template, role);
    }

    /** Whether the Secret of a role has the pooler's labels. Those of that name have, whatever the role is for: they were made so. */
    public static boolean bearsPoolerLabels(String role) {
        return "pooler".equals(role);
    }

    /** A variable with the password of that role in that cluster. */
    public EnvVar password(String variable, String cluster, String role) {
        return fromSecret(variable, secretName(cluster, role), PASSWORD);
    }

    /** A variable with the value of a key of a Secret. */
    public static EnvVar fromSecret(String variable, String secret, String key) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, null)
                .endValueFrom()
                .build();
    }
}
