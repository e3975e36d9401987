package dev.patronioperator.settings.parameters;

import java.util.List;

import dev.patronioperator.settings.Defaults;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.DANGER;
import static dev.patronioperator.settings.Effect.DATABASE;
import static dev.patronioperator.settings.Effect.ROLLING_UPDATE;
import static dev.patronioperator.settings.Effect.SECRETS;
import static dev.patronioperator.settings.codec.Codecs.BOOLEAN;
import static dev.patronioperator.settings.codec.Codecs.NAME;
import static dev.patronioperator.settings.codec.Codecs.NAMES;
import static dev.patronioperator.settings.codec.Codecs.integer;

/** Parameters of the group {@code users}. */
public final class UsersParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("users", "Users");

    public static final Parameter<String> SUPER_USERNAME = GROUP.define(
                    "super_username", NAME, "Name of the PostgreSQL superuser.", ROLLING_UPDATE, SECRETS, DANGER)
            .byDefault("postgres");

    public static final Parameter<String> REPLICATION_USERNAME = GROUP.define(
                    "replication_username",
                    NAME,
                    "Name of the role that replicas connect as.",
                    ROLLING_UPDATE,
                    SECRETS,
                    DANGER)
            .byDefault("standby");

    public static final Parameter<List<String>> ADDITIONAL_OWNER_ROLES = GROUP.define(
                    "additional_owner_roles", NAMES, "Roles that are granted to every owner of a database.", DATABASE)
            .unset();

    public static final Parameter<Boolean> ENABLE_URIS_IN_SECRETS = GROUP.define(
                    "enable_uris_in_secrets",
                    BOOLEAN,
                    "Write `uri` and `jdbc-uri` into the Secrets of roles, beside username and password.",
                    SECRETS)
            .unlikePeer("There is no such parameter.")
            .unset();

    public static final Parameter<Boolean> ENABLE_PASSWORD_ROTATION = GROUP.define(
                    "enable_password_rotation", BOOLEAN, "Change passwords regularly.", SECRETS, DATABASE)
            .manifest("usersWithSecretRotation, usersWithInPlaceSecretRotation, usersIgnoringSecretRotation")
            .unset();

    public static final Parameter<Integer> PASSWORD_ROTATION_INTERVAL = GROUP.define(
                    "password_rotation_interval", integer(1), "Age at which a password is changed.", SECRETS)
            .unlikePeer("A shorter interval counts at once: no password is changed later than that from now.")
            .unsetWhenEmpty()
            .unit("days")
            .byDefault(90);

    public static final Parameter<Integer> PASSWORD_ROTATION_USER_RETENTION = GROUP.define(
                    "password_rotation_user_retention",
                    integer(1),
                    "How long a rotated user stays once another has taken over; at least twice the interval.",
                    DATABASE)
            .unlikePeer("Only logins that a rotation has made are dropped, and what they own stays.")
            .unsetWhenEmpty()
            .unit("days")
            .byDefault(new Defaults<>(180, 180, 120));

    private UsersParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
