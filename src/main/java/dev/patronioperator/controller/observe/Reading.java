package dev.patronioperator.controller.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Known;

/**
 * One look: remembers the first read that failed. One fact that cannot be read makes the whole unknown, since a plan made from half of
 * the facts would take the other half for absent.
 */
public final class Reading {

    private Optional<String> problem = Optional.empty();

    /** The objects that carry all these labels; none if they cannot be read. */
    public <T extends HasMetadata> List<T> list(
            ObjectReader reader, Class<T> type, String namespace, Map<String, String> labels) {
        return value(reader.list(type, namespace, labels), List.of());
    }

    /** The object of the same kind and name; none if it cannot be read. */
    public Optional<? extends HasMetadata> get(ObjectReader reader, HasMetadata like) {
        return value(
                reader.get(
                        like.getClass(),
                        like.getMetadata().getNamespace(),
                        like.getMetadata().getName()),
                Optional.empty());
    }

    /** The fact, or what stands for it until {@link #result} says that it is unknown. */
    public <T> T value(Known<T> known, T ifUnknown) {
        return switch (known) {
            case Known.Value<T>(T value) -> value;
            case Known.Unknown<T>(String because) -> {
                problem = problem.or(() -> Optional.of(because));
                yield ifUnknown;
            }
        };
    }

    /** What was read, unless something could not be. */
    public <T> Known<T> result(Supplier<T> facts) {
        return problem.<Known<T>>map(Known::unknown).orElseGet(() -> Known.of(facts.get()));
    }
}
