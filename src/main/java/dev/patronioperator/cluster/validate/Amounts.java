package dev.patronioperator.cluster.validate;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Quantity;

/** Reads quantities of a manifest. */
final class Amounts {

    /** Ways to write that the operator's default is meant. */
    private static final Set<String> UNSET = Set.of("", "0", "null");

    private Amounts() {}

    /** The amount in its base unit; empty if there is none to compare, with a problem if what is written is no quantity. */
    static Optional<BigDecimal> read(String field, String text, Problems problems) {
        if (text == null || UNSET.contains(text)) {
            return Optional.empty();
        }
        try {
            var amount = new Quantity(text).getNumericalAmount();
            if (amount.signum() < 0) {
                problems.refuse(field, text, "is negative");
                return Optional.empty();
            }
            return Optional.of(amount);
        } catch (IllegalArgumentException notAQuantity) {
            problems.refuse(
                    field,
                    text,
                    "is no quantity of Kubernetes: a number with one of the suffixes m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, "
                            + "Pi, Ei or none");
            return Optional.empty();
        }
    }
}
