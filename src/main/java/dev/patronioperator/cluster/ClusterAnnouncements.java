package dev.patronioperator.cluster;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Condition;

import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cluster.status.ClusterCondition;
import dev.patronioperator.cluster.status.ClusterReason;
import dev.patronioperator.controller.Announcements;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.kubernetes.Events.Announcement;
import dev.patronioperator.kubernetes.Events.Type;

/** Finds which conditions of a cluster say something new that is worth an event. Pure. */
final class ClusterAnnouncements {

    private ClusterAnnouncements() {}

    /** What the new status says that the one before it did not. */
    static List<Announcement> between(PostgresqlStatus before, PostgresqlStatus after) {
        var said = new ArrayList<Announcement>();
        for (var condition : after.conditions()) {
            var previous = Conditions.find(before == null ? null : before.conditions(), condition.getType());
            if (Announcements.isNews(condition, previous) && isTold(condition)) {
                said.add(Announcements.of(condition, isBad(condition) ? Type.WARNING : Type.NORMAL));
            }
        }
        return said;
    }

    /** Progress and creation are told by the plan; that nothing is wrong is only news after something was. */
    private static boolean isTold(Condition condition) {
        return switch (type(condition)) {
            case READY -> !isCreation(condition);
            case DEGRADED, DEPRECATED_FIELDS -> "True".equals(condition.getStatus());
            case SPEC_ACCEPTED, TEAM_MEMBERS_KNOWN -> "False".equals(condition.getStatus());
            case PROGRESSING -> false;
        };
    }

    private static boolean isBad(Condition condition) {
        return type(condition) != ClusterCondition.READY || !"True".equals(condition.getStatus());
    }

    private static boolean isCreation(Condition condition) {
        return ClusterReason.CREATING.value().equals(condition.getReason());
    }

    private static ClusterCondition type(Condition condition) {
        return ClusterCondition.of(condition.getType()).orElseThrow();
    }
}
