package dev.patronioperator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;

import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cluster.status.ClusterCondition;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.kubernetes.Events.Announcement;
import dev.patronioperator.kubernetes.Events.Type;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;

/** Finds what is worth an event: a plan that changes something, and every condition that says something new. Pure. */
final class ClusterAnnouncements {

    private static final String ACTION = "Reconcile";

    private ClusterAnnouncements() {}

    /** The plan, before it is carried out. */
    static Optional<Announcement> of(Plan plan, long generation) {
        return plan.changesAnything()
                ? Optional.of(new Announcement(
                        Type.NORMAL, "Planned", ACTION, PlanText.text(plan).strip(), "generation " + generation))
                : Optional.empty();
    }

    /** What the new status says that the one before it did not. */
    static List<Announcement> between(PostgresqlStatus before, PostgresqlStatus after) {
        var said = new ArrayList<Announcement>();
        for (var condition : after.conditions()) {
            var previous = Conditions.find(before == null ? null : before.conditions(), condition.getType());
            if (isNews(condition, previous) && isTold(condition)) {
                said.add(announcement(condition));
            }
        }
        return said;
    }

    private static boolean isNews(Condition condition, Optional<Condition> previous) {
        return previous.filter(p -> Objects.equals(p.getStatus(), condition.getStatus())
                        && Objects.equals(p.getReason(), condition.getReason()))
                .isEmpty();
    }

    /** Progress is told by the plan; that nothing is wrong is only news after something was. */
    private static boolean isTold(Condition condition) {
        return switch (type(condition)) {
            case READY -> true;
            case DEGRADED -> "True".equals(condition.getStatus());
            case SPEC_ACCEPTED -> "False".equals(condition.getStatus());
            case PROGRESSING -> false;
        };
    }

    private static Announcement announcement(Condition condition) {
        boolean bad = type(condition) == ClusterCondition.READY
                ? !"True".equals(condition.getStatus()) && !"Creating".equals(condition.getReason())
                : true;
        return new Announcement(
                bad ? Type.WARNING : Type.NORMAL,
                condition.getReason(),
                ACTION,
                condition.getMessage(),
                condition.getType() + " since " + condition.getLastTransitionTime());
    }

    private static ClusterCondition type(Condition condition) {
        return java.util.Arrays.stream(ClusterCondition.values())
                .filter(c -> c.type().equals(condition.getType()))
                .findFirst()
                .orElseThrow();
    }
}
