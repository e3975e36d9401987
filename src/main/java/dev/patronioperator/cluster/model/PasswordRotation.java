package dev.patronioperator.cluster.model;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.postgres.roles.RotatedName;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.UsersParameters;

/**
 * Whose passwords are changed regularly, how, and how often.
 *
 * <p>Only roles of the manifest and login roles of prepared databases take part. Superuser, replication, pooler and stream user do not:
 * whoever uses them learns a new password only with a restart, and until then is locked out. Passwords of infrastructure roles are the
 * configuration's.
 *
 * @param everyone whether roles that the manifest does not name are rotated too, unless they own a database
 * @param interval from one change to the next
 * @param retention for how long a login that was replaced stays; at least two intervals
 * @param byLogin roles that get a new login
 * @param inPlace roles that get a new password
 * @param left roles that are left alone
 */
public record PasswordRotation(
        boolean everyone,
        Duration interval,
        Duration retention,
        Set<String> byLogin,
        Set<String> inPlace,
        Set<String> left) {

    private static final Set<RoleOrigin> ROTATED = Set.of(RoleOrigin.MANIFEST, RoleOrigin.PREPARED_DATABASE);

    /** How a password is changed. */
    public enum Mode {
        /** Another login takes over, a member of the role; the one before it stays valid for a while. */
        NEW_LOGIN,
        /** The role gets another password, and the one before it is void at once. */
        IN_PLACE
    }

    public PasswordRotation {
        byLogin = Set.copyOf(byLogin);
        inPlace = Set.copyOf(inPlace);
        left = Set.copyOf(left);
    }

    static PasswordRotation of(PostgresqlSpec spec, Settings settings) {
        var interval = Duration.ofDays(settings.get(UsersParameters.PASSWORD_ROTATION_INTERVAL));
        var retention = Duration.ofDays(settings.get(UsersParameters.PASSWORD_ROTATION_USER_RETENTION));
        var twice = interval.multipliedBy(2);
        return new PasswordRotation(
                settings.get(UsersParameters.ENABLE_PASSWORD_ROTATION),
                interval,
                retention.compareTo(twice) < 0 ? twice : retention,
                new TreeSet<>(Given.list(spec.usersWithSecretRotation())),
                new TreeSet<>(Given.list(spec.usersWithInPlaceSecretRotation())),
                new TreeSet<>(Given.list(spec.usersIgnoringSecretRotation())));
    }

    /** How the password of the role is changed; empty if it is not. */
    public Optional<Mode> of(DatabaseRole role) {
        if (!mayRotate(role) || left.contains(role.name())) {
            return Optional.empty();
        }
        if (inPlace.contains(role.name())) {
            return Optional.of(Mode.IN_PLACE);
        }
        if (byLogin.contains(role.name()) || everyone && !role.databaseOwner()) {
            return Optional.of(RotatedName.fits(role.name()) ? Mode.NEW_LOGIN : Mode.IN_PLACE);
        }
        return Optional.empty();
    }

    /** Whether the role is one whose password the operator may change. */
    public static boolean mayRotate(DatabaseRole role) {
        return mayHaveRotated(role) && role.canLogIn();
    }

    /** The same, or the role is one that cannot log in any more: other logins may have taken over from it before. */
    public static boolean mayHaveRotated(DatabaseRole role) {
        return ROTATED.contains(role.origin())
                && role.keepsSecret()
                && role.password().isEmpty();
    }

    /** The roles whose rotation the manifest asks for and that have none. */
    List<Adjustment> adjustments(List<DatabaseRole> roles) {
        return Stream.concat(
                        without("usersWithSecretRotation", byLogin, roles),
                        without("usersWithInPlaceSecretRotation", inPlace, roles))
                .toList();
    }

    private static Stream<Adjustment> without(String field, Collection<String> named, List<DatabaseRole> roles) {
        return named.stream()
                .filter(name -> roles.stream().noneMatch(role -> role.name().equals(name) && mayRotate(role)))
                .sorted()
                .map(name -> new Adjustment(
                        "spec." + field,
                        name,
                        "not rotated",
                        "only login roles of users and preparedDatabases can be rotated"));
    }
}
