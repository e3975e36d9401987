package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.patronioperator.cluster.desired.ConnectionUris;
import dev.patronioperator.cluster.desired.RoleCredentials;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DatabaseRole;
import dev.patronioperator.cluster.model.PasswordRotation;
import dev.patronioperator.cluster.model.PasswordRotation.Mode;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.SecretValue;
import dev.patronioperator.plan.SecretValue.Generated;
import dev.patronioperator.plan.SecretValue.Gone;
import dev.patronioperator.plan.SecretValue.SameAs;
import dev.patronioperator.plan.SecretValue.Text;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.roles.RotatedName;

/**
 * Plans when passwords change. Pure; every step follows from what Secrets and database say, so that it does not matter where a rotation
 * was interrupted.
 *
 * <p>Another login takes over in three steps: it is written into the Secret beside the present one; the database is given it, as it is
 * given whatever a Secret says; once a look has found it there, it replaces the present one. What the Secret tells applications can be
 * used at every moment in between. A role that keeps its name gets its new password at once, and the database follows.
 */
public final class RotationPlanner {

    private final ClusterModel model;
    private final DatabaseLook look;
    private final Instant now;

    private RotationPlanner(ClusterModel model, DatabaseLook look, Instant now) {
        this.model = model;
        this.look = look;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Nothing changes while the database does not answer: it could not follow. */
    public static List<PlannedStep> plan(ClusterModel model, ObservedCluster observed, DatabaseLook look) {
        if (!look.answers()) {
            return List.of();
        }
        var planner = new RotationPlanner(model, look, observed.at());
        return model.roles().all().stream()
                .filter(PasswordRotation::mayRotate)
                .flatMap(role -> RoleCredentials.find(model, role, observed.objects()).stream())
                .filter(found -> !found.isMisnamed())
                .flatMap(found -> planner.plan(found).stream())
                .toList();
    }

    private Optional<PlannedStep> plan(RoleCredentials found) {
        var mode = model.roles().rotation().of(found.role());
        if (found.pending().isPresent()) {
            return pending(found, found.pending().get().user(), mode);
        }
        return mode.map(how -> regularly(found, how)).orElseGet(() -> backToRole(found, "is switched off"));
    }

    private Optional<PlannedStep> pending(RoleCredentials found, String login, Optional<Mode> mode) {
        if (!(look instanceof DatabaseLook.Seen seen)) {
            return Optional.empty();
        }
        if (seen.ready().contains(login)) {
            return Optional.of(handOver(found, login, mode));
        }
        var another = RotatedName.of(found.role().name(), now);
        return seen.taken().contains(login) && !another.equals(login) && !isTaken(another)
                ? Optional.of(prepare(found, another, "somebody else has a role " + login))
                : Optional.empty();
    }

    private Optional<PlannedStep> regularly(RoleCredentials found, Mode mode) {
        var next = found.nextRotation();
        var latest = now.plus(model.roles().rotation().interval());
        if (next.isEmpty()) {
            return Optional.of(date(found, "first in"));
        }
        if (mode == Mode.IN_PLACE && !found.user().equals(found.role().name())) {
            return backToRole(found, "is in place now");
        }
        if (now.isAfter(next.get())) {
            return change(found, mode, next.get());
        }
        return next.get().isAfter(latest) ? Optional.of(date(found, "no later than")) : Optional.empty();
    }

    private Optional<PlannedStep> change(RoleCredentials found, Mode mode, Instant due) {
        var login = mode == Mode.IN_PLACE
                ? found.role().name()
                : RotatedName.of(found.role().name(), now);
        var because = "the password of " + found.role().name() + " was to be changed at " + due;
        if (login.equals(found.user())) {
            return Optional.of(edit(
                    found,
                    "Change the password in",
                    Map.of(Credentials.PASSWORD, new Generated(), Credentials.NEXT_ROTATION, nextTime()),
                    because));
        }
        // A role of that name which somebody asked for is not taken; tomorrow's name is another one.
        return isTaken(login) ? Optional.empty() : Optional.of(prepare(found, login, because));
    }

    private boolean isTaken(String login) {
        return model.roles().all().stream().map(DatabaseRole::name).anyMatch(login::equals);
    }

    /** The role itself takes over from the login that took over from it. */
    private Optional<PlannedStep> backToRole(RoleCredentials found, String why) {
        var role = found.role().name();
        return found.user().equals(role)
                ? Optional.empty()
                : Optional.of(prepare(found, role, "the rotation of " + role + " " + why));
    }

    private PlannedStep prepare(RoleCredentials found, String login, String because) {
        return edit(
                found,
                "Prepare login " + login + " in",
                Map.of(Credentials.PENDING_USERNAME, new Text(login), Credentials.PENDING_PASSWORD, new Generated()),
                because);
    }

    private PlannedStep handOver(RoleCredentials found, String login, Optional<Mode> mode) {
        return edit(
                found,
                "Hand over to login " + login + " in",
                Map.of(
                        Credentials.USERNAME,
                        new SameAs(Credentials.PENDING_USERNAME),
                        Credentials.PASSWORD,
                        new SameAs(Credentials.PENDING_PASSWORD),
                        Credentials.PENDING_USERNAME,
                        new Gone(),
                        Credentials.PENDING_PASSWORD,
                        new Gone(),
                        Credentials.NEXT_ROTATION,
                        mode.isPresent() ? nextTime() : new Text("")),
                login + " can log in");
    }

    private PlannedStep date(RoleCredentials found, String relation) {
        return edit(
                found,
                "Write the date of the next rotation into",
                Map.of(Credentials.NEXT_ROTATION, nextTime()),
                relation + " " + model.roles().rotation().interval().toDays() + " days");
    }

    private SecretValue nextTime() {
        return new Text(now.plus(model.roles().rotation().interval()).toString());
    }

    /** URIs change with what they say. */
    private PlannedStep edit(RoleCredentials found, String doing, Map<String, SecretValue> values, String because) {
        var all = new TreeMap<>(values);
        if (values.containsKey(Credentials.PASSWORD)) {
            all.putAll(ConnectionUris.of(model, found.role()).after(model, found));
        }
        return PlannedStep.of(
                new Step.EditSecret(ObjectRef.of(found.secret()), doing, all),
                Impact.NONE,
                Reason.of(Reason.Code.ROTATION, because));
    }
}
