package dev.patronioperator.cli;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.javaoperatorsdk.operator.Operator;

/** Whether the controllers run, for those who must not make them by asking. */
@Singleton
class OperatorState {

    private volatile Optional<Operator> running = Optional.empty();

    void started(Operator operator) {
        running = Optional.of(operator);
    }

    /** The operator, once its controllers run with their caches filled. */
    Optional<Operator> running() {
        return running;
    }
}
