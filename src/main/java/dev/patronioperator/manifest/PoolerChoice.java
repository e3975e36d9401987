package dev.patronioperator.manifest;

import java.util.Optional;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.PoolerParameters;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.settings.parameters.UsersParameters;

/** Whether there is a connection pooler, and as whom it logs in: the cluster keeps that role's credentials, the pooler reads them. */
public final class PoolerChoice {

    private PoolerChoice() {}

    /** Whether a role has a pooler. The section alone asks for one of the primary's; the switch wins over it. */
    public static boolean wanted(PostgresqlSpec spec, MemberRole role) {
        return switch (role) {
            case PRIMARY -> Given.flag(spec.enableConnectionPooler(), spec.connectionPooler() != null);
            case REPLICA -> Given.flag(spec.enableReplicaConnectionPooler(), false);
        };
    }

    public static boolean wanted(PostgresqlSpec spec) {
        return wanted(spec, MemberRole.PRIMARY) || wanted(spec, MemberRole.REPLICA);
    }

    /** The schema of the function through which poolers look up verifiers. */
    public static String schema(PostgresqlSpec spec, Settings settings) {
        return Optional.ofNullable(spec.connectionPooler())
                .flatMap(section -> Given.text(section.schema()))
                .orElseGet(() -> settings.get(PoolerParameters.CONNECTION_POOLER_SCHEMA));
    }

    /** When a server connection is given back: {@code session} or {@code transaction}. */
    public static String mode(PostgresqlSpec spec, Settings settings) {
        return Optional.ofNullable(spec.connectionPooler())
                .flatMap(section -> Given.text(section.mode()))
                .orElseGet(() -> switch (settings.get(PoolerParameters.CONNECTION_POOLER_MODE)) {
                    case SESSION -> "session";
                    case TRANSACTION -> "transaction";
                });
    }

    /** The role poolers log in as: the manifest's, unless that name is not for a manifest to choose. */
    public static String user(PostgresqlSpec spec, Settings settings) {
        return asked(spec)
                .filter(name -> isFree(name, settings))
                .orElseGet(() -> settings.get(PoolerParameters.CONNECTION_POOLER_USER));
    }

    /** What is to be said where poolers log in as another role than the manifest asks for. */
    public static Optional<Adjustment> userAdjustment(PostgresqlSpec spec, Settings settings) {
        return asked(spec)
                .filter(name -> wanted(spec) && !name.equals(user(spec, settings)))
                .map(name -> new Adjustment(
                        "spec.connectionPooler.user",
                        name,
                        user(spec, settings),
                        "super_username, replication_username and protected_role_names are not for poolers"));
    }

    private static Optional<String> asked(PostgresqlSpec spec) {
        return Optional.ofNullable(spec.connectionPooler()).flatMap(section -> Given.text(section.user()));
    }

    private static boolean isFree(String name, Settings settings) {
        return !name.equals(settings.get(UsersParameters.SUPER_USERNAME))
                && !name.equals(settings.get(UsersParameters.REPLICATION_USERNAME))
                && !settings.get(TeamsParameters.PROTECTED_ROLE_NAMES).contains(name);
    }
}
