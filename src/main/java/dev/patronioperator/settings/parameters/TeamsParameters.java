package dev.patronioperator.settings.parameters;

import java.util.List;
import java.util.Map;

import dev.patronioperator.settings.Defaults;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.DATABASE;
import static dev.patronioperator.settings.Effect.OPERATOR;
import static dev.patronioperator.settings.Effect.ROLLING_UPDATE;
import static dev.patronioperator.settings.codec.Codecs.BOOLEAN;
import static dev.patronioperator.settings.codec.Codecs.MAP;
import static dev.patronioperator.settings.codec.Codecs.NAME;
import static dev.patronioperator.settings.codec.Codecs.NAMES;
import static dev.patronioperator.settings.codec.Codecs.TEXT;

/** Parameters of the group {@code teams_api}. */
public final class TeamsParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("teams_api", "Teams and human users");

    public static final Parameter<Boolean> ENABLE_TEAMS_API = GROUP.define(
                    "enable_teams_api", BOOLEAN, "Ask the Teams API for the members of teams.", DATABASE)
            .byDefault(Defaults.of(true, false));

    public static final Parameter<String> TEAMS_API_URL = GROUP.define(
                    "teams_api_url", NAME, "Address of the Teams API.", OPERATOR)
            .byDefault("https://teams.example.com/api/");

    public static final Parameter<Map<String, String>> TEAM_API_ROLE_CONFIGURATION = GROUP.define(
                    "team_api_role_configuration",
                    MAP,
                    "Parameters that are set for human users (`ALTER ROLE ... SET`).",
                    DATABASE)
            .unsetWhenEmpty()
            .byDefault(Map.of("log_statement", "all"));

    public static final Parameter<Boolean> ENABLE_TEAM_SUPERUSER = GROUP.define(
                    "enable_team_superuser", BOOLEAN, "Make members of the owning team superusers.", DATABASE)
            .unset();

    public static final Parameter<Boolean> ENABLE_ADMIN_ROLE_FOR_USERS = GROUP.define(
                    "enable_admin_role_for_users",
                    BOOLEAN,
                    "Let the admin role administer the roles of manifests.",
                    DATABASE)
            .unlikePeer("On also in a resource without the group teams_api.")
            .byDefault(true);

    public static final Parameter<String> TEAM_ADMIN_ROLE = GROUP.define(
                    "team_admin_role", TEXT, "Role of human users.", DATABASE)
            .byDefault("admin");

    public static final Parameter<String> PAM_ROLE_NAME = GROUP.define(
                    "pam_role_name", TEXT, "Role whose members log in through PAM.", ROLLING_UPDATE, DATABASE)
            .unsetWhenEmpty()
            .byDefault("zalandos");

    public static final Parameter<String> PAM_CONFIGURATION = GROUP.define(
                    "pam_configuration", TEXT, "How PAM checks tokens.", ROLLING_UPDATE)
            .unsetWhenEmpty()
            .byDefault("https://info.example.com/oauth2/tokeninfo?access_token= uid realm=/employees");

    public static final Parameter<List<String>> PROTECTED_ROLE_NAMES = GROUP.define(
                    "protected_role_names", NAMES, "Roles that nobody may create.", OPERATOR)
            .unsetWhenEmpty()
            .byDefault(List.of("admin", "cron_admin"));

    public static final Parameter<List<String>> POSTGRES_SUPERUSER_TEAMS = GROUP.define(
                    "postgres_superuser_teams", NAMES, "Teams whose members are superusers in every cluster.", DATABASE)
            .unset();

    public static final Parameter<Boolean> ENABLE_POSTGRES_TEAM_CRD = GROUP.define(
                    "enable_postgres_team_crd", BOOLEAN, "Read PostgresTeam resources.", OPERATOR)
            .byDefault(new Defaults<>(false, false, true));

    public static final Parameter<Boolean> ENABLE_POSTGRES_TEAM_CRD_SUPERUSERS = GROUP.define(
                    "enable_postgres_team_crd_superusers",
                    BOOLEAN,
                    "Let PostgresTeam resources make teams superusers.",
                    DATABASE)
            .unset();

    public static final Parameter<Boolean> ENABLE_TEAM_MEMBER_DEPRECATION = GROUP.define(
                    "enable_team_member_deprecation",
                    BOOLEAN,
                    "Rename and lock the roles of people who have left their team.",
                    DATABASE)
            .unset();

    public static final Parameter<String> ROLE_DELETION_SUFFIX = GROUP.define(
                    "role_deletion_suffix", NAME, "Suffix of such a renamed role.", DATABASE)
            .byDefault("_deleted");

    private TeamsParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
