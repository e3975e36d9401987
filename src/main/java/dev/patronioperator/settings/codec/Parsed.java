package dev.patronioperator.settings.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The outcome of reading a value: the value, or everything that is wrong with it. */
public sealed interface Parsed<T> {

    record Valid<T>(T value) implements Parsed<T> {}

    /** @param reasons what is allowed instead; never empty, never the value itself */
    record Invalid<T>(List<String> reasons) implements Parsed<T> {
        public Invalid {
            reasons = List.copyOf(reasons);
        }
    }

    static <T> Parsed<T> valid(T value) {
        return new Valid<>(value);
    }

    static <T> Parsed<T> invalid(String reason) {
        return new Invalid<>(List.of(reason));
    }

    /** All values, or the reasons of all that are none, each with the number of its element. */
    static <T> Parsed<List<T>> all(List<Parsed<T>> elements) {
        var values = new ArrayList<T>();
        var reasons = new ArrayList<String>();
        for (var number = 1; number <= elements.size(); number++) {
            var element = "element " + number + " ";
            switch (elements.get(number - 1)) {
                case Valid<T>(var value) -> values.add(value);
                case Invalid<T>(var why) -> why.forEach(reason -> reasons.add(element + reason));
            }
        }
        return reasons.isEmpty() ? valid(List.copyOf(values)) : new Invalid<>(reasons);
    }

    default <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
        return switch (this) {
            case Valid<T>(var value) -> next.apply(value);
            case Invalid<T>(var reasons) -> new Invalid<>(reasons);
        };
    }

    default <R> Parsed<R> map(Function<? super T, ? extends R> mapping) {
        return then(value -> valid(mapping.apply(value)));
    }
}
