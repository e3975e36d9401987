package dev.patronioperator.cli;

import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.ShutdownEvent;

/** Whether the controllers run, for those who must not make them by asking; ends them with the program. */
@Singleton
class OperatorState {

    private volatile Optional<Operator> running = Optional.empty();
    private volatile boolean ending;

    void started(Operator operator) {
        running = Optional.of(operator);
    }

    /** Lets running reconciles end and gives the lease back, while there still is a client to do it with. */
    void stop(@Observes ShutdownEvent end) {
        ending = true;
        running.ifPresent(Operator::stop);
    }

    /** Whether the program has been told to end. */
    boolean isEnding() {
        return ending;
    }

    /** The operator, once its controllers run with their caches filled. */
    Optional<Operator> running() {
        return running;
    }
}
