package dev.patronioperator.plan;

import java.util.function.Function;

/**
 * A fact, or the reason why it could not be learnt. A failed read is never taken for "absent": whoever reads a fact has to say what
 * happens when it is unknown.
 */
public sealed interface Known<T> {

    /** The fact is known. */
    record Value<T>(T value) implements Known<T> {}

    /**
     * The fact could not be learnt.
     *
     * @param because what went wrong, for people
     */
    record Unknown<T>(String because) implements Known<T> {}

    static <T> Known<T> of(T value) {
        return new Value<>(value);
    }

    static <T> Known<T> unknown(String because) {
        return new Unknown<>(because);
    }

    /** Another fact that follows from this one; what is unknown stays unknown. */
    default <R> Known<R> map(Function<? super T, ? extends R> function) {
        return switch (this) {
            case Value<T>(T value) -> new Value<>(function.apply(value));
            case Unknown<T>(String because) -> new Unknown<>(because);
        };
    }

    /** Another fact that can be learnt once this one is; either may be unknown. */
    default <R> Known<R> flatMap(Function<? super T, Known<R>> function) {
        return switch (this) {
            case Value<T>(T value) -> function.apply(value);
            case Unknown<T>(String because) -> new Unknown<>(because);
        };
    }

    /** The fact, or a value that is safe to assume where it is not known. */
    default T orIfUnknown(T safe) {
        return this instanceof Value<T>(T value) ? value : safe;
    }

    default boolean isUnknown() {
        return this instanceof Unknown<T>;
    }
}
