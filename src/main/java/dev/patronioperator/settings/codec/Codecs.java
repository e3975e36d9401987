package dev.patronioperator.settings.codec;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;

import dev.patronioperator.settings.value.ClaimRetention;
import dev.patronioperator.settings.value.InfrastructureRole;
import dev.patronioperator.settings.value.MaintenanceWindow;
import dev.patronioperator.settings.value.NamespacedName;

/** The codecs that parameters are defined with. */
public final class Codecs {
    private static final Map<String, Object> STRING = Map.of("type", "string");

    public static final Codec<Boolean> BOOLEAN = new BooleanCodec();

    /** Any text, also the empty one. */
    public static final Codec<String> TEXT =
            new ScalarCodec<>("string", "a text", STRING, Optional.of(""), Optional::of, Function.identity());

    /** A text that is not empty. */
    public static final Codec<String> NAME = new ScalarCodec<>(
            "string", "a text that is not empty", STRING, Optional.empty(), Codecs::notBlank, Function.identity());

    public static final Codec<Optional<String>> OPTIONAL_NAME = NAME.optional();

    public static final Codec<List<String>> NAMES = new ListCodec<>(NAME);

    public static final Codec<Map<String, String>> MAP = new MapCodec();

    /** A duration that may be zero. */
    public static final Codec<Duration> DURATION = new ScalarCodec<>(
            "duration",
            "a duration such as 300ms, 90s, 10m or 1h30m",
            STRING,
            Optional.empty(),
            GoDuration::parse,
            GoDuration::print);

    public static final Codec<Duration> POSITIVE_DURATION =
            DURATION.where(Duration::isPositive, "a duration above zero such as 300ms, 90s, 10m or 1h30m", Map.of());

    public static final Codec<Optional<NamespacedName>> NAMESPACED_NAME = new NamespacedNameCodec().optional();

    /** Processing power; empty, {@code 0} and {@code null} are none. */
    public static final Codec<Optional<Quantity>> CPU =
            new QuantityCodec("500m or 1.5", "^(\\d+m|\\d+(\\.\\d{1,3})?)?$");

    /** Memory; empty, {@code 0} and {@code null} are none. */
    public static final Codec<Optional<Quantity>> MEMORY =
            new QuantityCodec("512Mi or 2Gi", "^((\\d+(e\\d+)?|\\d+(\\.\\d+)?(e\\d+)?[EPTGMK]i?))?$");

    /** A PostgreSQL major version: a number, written as text in a resource. */
    public static final Codec<Integer> MAJOR_VERSION = new ScalarCodec<>(
            "major version",
            "a PostgreSQL major version such as 17",
            STRING,
            Optional.empty(),
            Codecs::majorVersion,
            Object::toString);

    /** A schedule as Kubernetes takes it for a CronJob. */
    public static final Codec<String> CRON = new ScalarCodec<>(
            "cron schedule",
            "five fields of a cron schedule such as `30 00 * * *`, or one of @hourly, @daily, @weekly, @monthly, @yearly",
            STRING,
            Optional.empty(),
            Codecs::cron,
            Function.identity());

    public static final Codec<List<MaintenanceWindow>> WINDOWS = new ListCodec<>(new ScalarCodec<>(
            "maintenance window",
            "a span of a day in UTC such as 01:00-03:30 or Sun:01:00-03:30, start before end",
            STRING,
            Optional.empty(),
            Codecs::window,
            Codecs::print));

    public static final Codec<Optional<Toleration>> SINGLE_TOLERATION = new TolerationCodec();
    public static final Codec<ClaimRetention> CLAIM_RETENTION = new ClaimRetentionCodec();
    public static final Codec<List<InfrastructureRole>> INFRASTRUCTURE_ROLES = new InfrastructureRolesCodec();
    public static final Codec<List<Container>> CONTAINERS = new ListCodec<>(
            new ModelCodec<>("container", Container.class, Container::getName, Container::getAdditionalProperties)
                    .where(container -> container.getName() != null, "a container with a name", Map.of()));
    public static final Codec<Optional<Probe>> PROBE =
            new ModelCodec<>("probe", Probe.class, _ -> "given", Probe::getAdditionalProperties).optional();

    private static final Pattern CRON_FIELDS = Pattern.compile("[0-9A-Za-z*/,?-]+(\\s+[0-9A-Za-z*/,?-]+){4}");
    private static final Pattern WINDOW =
            Pattern.compile("\\s*(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun):)?(\\d{1,2}:\\d{1,2})-(\\d{1,2}:\\d{1,2})\\s*");

    private Codecs() {}

    /** A whole number of 32 bits, at least {@code min}. */
    public static Codec<Integer> integer(int min) {
        return integer(min, Integer.MAX_VALUE);
    }

    /** A whole number in that range. */
    public static Codec<Integer> integer(int min, int max) {
        return new IntegerCodec<>("int32", min, max, number -> (int) number, Integer::longValue);
    }

    /** An id of a user or group. */
    public static Codec<Optional<Long>> optionalId() {
        return new IntegerCodec<Long>("int64", 0, Long.MAX_VALUE, Long::valueOf, Long::longValue).optional();
    }

    /** One of a few words; written like the constants, in lower case unless told otherwise. */
    public static <E extends Enum<E>> Codec<E> oneOf(List<E> constants, Function<E, String> word) {
        var words = constants.stream().map(word).toList();
        return new ScalarCodec<>(
                "enum",
                words.stream().collect(Collectors.joining(", ", "one of ", "")),
                Map.of("type", "string", "enum", words),
                Optional.empty(),
                text -> constants.stream()
                        .filter(constant -> word.apply(constant).equals(text))
                        .findFirst(),
                word);
    }

    /** The constants, in lower case. */
    public static <E extends Enum<E>> Codec<E> oneOf(E[] constants) {
        return oneOf(Arrays.asList(constants), constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** {@code Cluster} for {@code CLUSTER}. */
    public static String capitalised(Enum<?> constant) {
        return constant.name().charAt(0) + constant.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static Optional<String> notBlank(String text) {
        return Optional.of(text).filter(t -> !t.isBlank());
    }

    private static Optional<Integer> majorVersion(String text) {
        return Optional.of(text).filter(t -> t.matches("[1-9]\\d?")).map(Integer::valueOf);
    }

    private static Optional<String> cron(String text) {
        var schedule = text.strip();
        return switch (schedule) {
            case "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually" ->
                Optional.of(schedule);
            default -> Optional.of(schedule).filter(s -> CRON_FIELDS.matcher(s).matches());
        };
    }

    private static Optional<MaintenanceWindow> window(String text) {
        var matcher = WINDOW.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var day = Optional.ofNullable(matcher.group(1)).map(Codecs::day);
        return time(matcher.group(2)).flatMap(start -> time(matcher.group(3))
                .filter(end -> !end.isBefore(start))
                .map(end -> new MaintenanceWindow(day, start, end)));
    }

    private static DayOfWeek day(String name) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> name.equals(shortName(day)))
                .findFirst()
                .orElseThrow();
    }

    private static String shortName(DayOfWeek day) {
        return capitalised(day).substring(0, 3);
    }

    private static Optional<LocalTime> time(String text) {
        var parts = text.split(":");
        var hour = Integer.parseInt(parts[0]);
        var minute = Integer.parseInt(parts[1]);
        return hour < 24 && minute < 60 ? Optional.of(LocalTime.of(hour, minute)) : Optional.empty();
    }

    private static String print(MaintenanceWindow window) {
        return window.day().map(day -> shortName(day) + ":").orElse("") + window.start() + "-" + window.end();
    }
}
