package dev.patronioperator.controller;

import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;

import dev.patronioperator.kubernetes.Events.Announcement;
import dev.patronioperator.kubernetes.Events.Type;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;

/** Finds what is worth an event. Pure. */
public final class Announcements {

    private static final String ACTION = "Reconcile";

    private Announcements() {}

    /** The plan, before it is carried out. */
    public static Optional<Announcement> of(Plan plan, long generation) {
        return plan.changesAnything()
                ? Optional.of(new Announcement(
                        Type.NORMAL, "Planned", ACTION, PlanText.text(plan).strip(), "generation " + generation))
                : Optional.empty();
    }

    /** Whether a condition says something that it did not say before. */
    public static boolean isNews(Condition condition, Optional<Condition> previous) {
        return previous.filter(p -> Objects.equals(p.getStatus(), condition.getStatus())
                        && Objects.equals(p.getReason(), condition.getReason()))
                .isEmpty();
    }

    /** What a condition says. */
    public static Announcement of(Condition condition, Type type) {
        return new Announcement(
                type,
                condition.getReason(),
                ACTION,
                condition.getMessage(),
                condition.getType() + " since " + condition.getLastTransitionTime());
    }
}
