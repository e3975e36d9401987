package dev.patronioperator.settings.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations in Go's syntax: numbers with units, such as {@code 300ms}, {@code 1h30m}, {@code 1.5h}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(" + PART.pattern() + ")+");
    private static final Map<String, Long> NANOS = units();

    private GoDuration() {}

    private static Map<String, Long> units() {
        var units = new LinkedHashMap<String, Long>();
        units.put("h", 3_600_000_000_000L);
        units.put("m", 60_000_000_000L);
        units.put("s", 1_000_000_000L);
        units.put("ms", 1_000_000L);
        units.put("us", 1_000L);
        units.put("µs", 1_000L);
        units.put("μs", 1_000L);
        units.put("ns", 1L);
        return units;
    }

    /** Reads a duration that is not negative; nothing if it is none, or too long for Go (292 years). */
    public static Optional<Duration> parse(String text) {
        var unsigned = text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (!WHOLE.matcher(unsigned).matches()) {
            return Optional.empty();
        }
        var nanos = BigDecimal.ZERO;
        var part = PART.matcher(unsigned);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.get(part.group(2)))));
        }
        return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(
                        Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact()));
    }

    /** The shortest form with whole numbers: {@code 30m}, {@code 1h30m}. */
    public static String print(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        var text = new StringBuilder();
        var rest = duration.toNanos();
        for (var unit : NANOS.entrySet()) {
            var count = rest / unit.getValue();
            if (count > 0) {
                text.append(count).append(unit.getKey());
                rest -= count * unit.getValue();
            }
        }
        return text.toString();
    }
}
