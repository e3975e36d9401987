package dev.patronioperator.kubernetes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;

/** Conditions as the Kubernetes API conventions want them: one per type, the time of transition only moved when the status flips. */
public final class Conditions {

    private static final int LONGEST_MESSAGE = 4096;

    private final List<Condition> previous;
    private final long generation;
    private final Instant now;
    private final List<Condition> made = new ArrayList<>();

    public Conditions(List<Condition> previous, long generation, Instant now) {
        this.previous = previous == null ? List.of() : previous;
        this.generation = generation;
        this.now = now;
    }

    /** Status of a condition. */
    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String value;

        Status(String value) {
            this.value = value;
        }

        public static Status of(boolean holds) {
            return holds ? TRUE : FALSE;
        }
    }

    public Conditions with(String type, Status status, String reason, String message) {
        var before = find(previous, type).filter(c -> Objects.equals(c.getStatus(), status.value));
        made.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status.value)
                .withReason(reason)
                .withMessage(message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE))
                .withObservedGeneration(generation)
                .withLastTransitionTime(before.map(Condition::getLastTransitionTime)
                        .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString()))
                .build());
        return this;
    }

    /** A condition that nothing new is known of stays, if it is there. */
    public Conditions keep(String type) {
        find(previous, type).ifPresent(made::add);
        return this;
    }

    public List<Condition> build() {
        return List.copyOf(made);
    }

    /** The condition of a type. */
    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    public static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type).filter(c -> "True".equals(c.getStatus())).isPresent();
    }
}
