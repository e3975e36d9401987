package dev.patronioperator.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.Quantity;

/**
 * A quantity as the API server writes it back: {@code 1024Mi} is {@code 1Gi}, {@code 0.5} is {@code 500m}. Rendering that form at once keeps an object from
 * differing from its stored self for ever.
 *
 * @param value the amount in units
 * @param quantity the canonical form
 */
public record CanonicalQuantity(BigDecimal value, Quantity quantity) implements Comparable<CanonicalQuantity> {

    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\\d+))?");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int UNIT = DECIMAL.indexOf("");
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    /** What the text stands for; nothing if it is no quantity. */
    public static Optional<CanonicalQuantity> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
    }

    /** The same amount in canonical form; nothing if it is none. */
    public static Optional<CanonicalQuantity> of(Quantity quantity) {
        return parse(quantity.toString());
    }

    private static CanonicalQuantity of(Matcher matcher) {
        var number = new BigDecimal(matcher.group(1));
        if (matcher.group(2) != null) {
            var value = number.multiply(KIBI.pow(BINARY.indexOf(matcher.group(2))));
            // Below 1 Ki the API server changes to the decimal form.
            var binary = value.abs().compareTo(KIBI) >= 0;
            return new CanonicalQuantity(value, new Quantity(binary ? binary(value) : decimal(value)));
        }
        if (matcher.group(4) != null) {
            var value = number.scaleByPowerOfTen(Integer.parseInt(matcher.group(4)));
            return new CanonicalQuantity(value, new Quantity(exponent(value)));
        }
        var suffix = matcher.group(3) == null ? "" : matcher.group(3);
        var value = number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - UNIT));
        return new CanonicalQuantity(value, new Quantity(decimal(value)));
    }

    @Override
    public int compareTo(CanonicalQuantity other) {
        return value.compareTo(other.value);
    }

    /** The larger of two; the first if they are the same amount. */
    public CanonicalQuantity max(CanonicalQuantity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return quantity.toString();
    }

    private static String binary(BigDecimal value) {
        var rest = value.setScale(0, RoundingMode.UP).toBigIntegerExact();
        var suffix = 0;
        var kibi = KIBI.toBigIntegerExact();
        while (suffix < BINARY.size() - 1 && rest.mod(kibi).signum() == 0) {
            rest = rest.divide(kibi);
            suffix++;
        }
        return rest + BINARY.get(suffix);
    }

    private static String decimal(BigDecimal value) {
        var power = thousands(value);
        var bounded = Math.clamp(power, -UNIT, DECIMAL.size() - 1 - UNIT);
        return whole(value, bounded) + DECIMAL.get(bounded + UNIT);
    }

    private static String exponent(BigDecimal value) {
        var power = thousands(value);
        return whole(value, power) + (power == 0 ? "" : "e" + 3 * power);
    }

    /** The largest power of 1000 that leaves a whole number. */
    private static int thousands(BigDecimal value) {
        return value.signum() == 0
                ? 0
                : Math.floorDiv(-value.stripTrailingZeros().scale(), 3);
    }

    private static BigInteger whole(BigDecimal value, int power) {
        return value.scaleByPowerOfTen(-3 * power).setScale(0, RoundingMode.UP).toBigIntegerExact();
    }
}
