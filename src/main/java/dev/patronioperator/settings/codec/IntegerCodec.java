package dev.patronioperator.settings.codec;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** Whole numbers as Go's {@code strconv.ParseInt} with base 0 reads them: decimal, or with prefix {@code 0x}, {@code 0b}, {@code 0o} or {@code 0}. */
record IntegerCodec<N extends Number>(String format, long min, long max, LongFunction<N> make, ToLongFunction<N> value)
        implements Codec<N> {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9](_?[0-9])*");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX](_?[0-9a-fA-F])+");
    private static final Pattern BINARY = Pattern.compile("0[bB](_?[01])+");
    private static final Pattern OCTAL = Pattern.compile("0[oO]?(_?[0-7])+");

    @Override
    public String type() {
        return "integer";
    }

    @Override
    public String allowed() {
        return max == Long.MAX_VALUE || max == Integer.MAX_VALUE
                ? "a whole number, at least " + min
                : "a whole number from " + min + " to " + max;
    }

    @Override
    public Map<String, Object> schema() {
        var schema = new TreeMap<String, Object>(Map.of("type", "integer", "format", format));
        if (min > Integer.MIN_VALUE) {
            schema.put("minimum", min);
        }
        if (max < Integer.MAX_VALUE) {
            schema.put("maximum", max);
        }
        return schema;
    }

    @Override
    public Parsed<N> fromText(String text) {
        return parse(text).map(this::checked).orElseGet(this::invalid);
    }

    @Override
    public Parsed<N> fromTree(Object tree, Models models) {
        return switch (tree) {
            case Integer number -> checked(BigInteger.valueOf(number));
            case Long number -> checked(BigInteger.valueOf(number));
            case BigInteger number -> checked(number);
            default -> invalid();
        };
    }

    private Parsed<N> checked(BigInteger number) {
        return number.compareTo(BigInteger.valueOf(min)) >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0
                ? Parsed.valid(make.apply(number.longValueExact()))
                : invalid();
    }

    private Parsed<N> invalid() {
        return Parsed.invalid("must be " + allowed());
    }

    private static Optional<BigInteger> parse(String text) {
        var negative = text.startsWith("-");
        var digits = negative || text.startsWith("+") ? text.substring(1) : text;
        var number = unsigned(digits);
        return negative ? number.map(BigInteger::negate) : number;
    }

    private static Optional<BigInteger> unsigned(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return Optional.of(number(text, 10));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(number(text.substring(2), 16));
        }
        if (BINARY.matcher(text).matches()) {
            return Optional.of(number(text.substring(2), 2));
        }
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(number(text.replaceFirst("^0[oO]?", ""), 8));
        }
        return Optional.empty();
    }

    private static BigInteger number(String digits, int radix) {
        return new BigInteger(digits.replace("_", ""), radix);
    }

    @Override
    public Optional<N> empty() {
        return min <= 0 && max >= 0 ? Optional.of(make.apply(0)) : Optional.empty();
    }

    @Override
    public String toText(N number) {
        return number.toString();
    }

    @Override
    public Object toTree(N number) {
        return value.applyAsLong(number);
    }
}
