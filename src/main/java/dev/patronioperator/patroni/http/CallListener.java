package dev.patronioperator.patroni.http;

import java.time.Duration;

import dev.patronioperator.patroni.Answer;

/** Is told of every call that has ended, for metrics. Must be quick and must not throw. */
@FunctionalInterface
public interface CallListener {

    void ended(Call call, Answer<?> answer, Duration took);
}
