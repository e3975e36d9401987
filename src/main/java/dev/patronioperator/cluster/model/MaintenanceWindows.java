package dev.patronioperator.cluster.model;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.codec.Codecs;
import dev.patronioperator.settings.codec.Parsed;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.value.MaintenanceWindow;

/**
 * When a major upgrade may begin and a primary may be moved off its node.
 *
 * @param windows in UTC; empty: always
 */
public record MaintenanceWindows(List<MaintenanceWindow> windows) {

    private static final int DAYS_OF_A_WEEK = 7;

    public MaintenanceWindows {
        windows = List.copyOf(windows);
    }

    /** The manifest's windows, else the configured ones, unless windows are switched off altogether. */
    static MaintenanceWindows of(PostgresqlSpec spec, Settings settings) {
        if (!settings.get(GeneralParameters.ENABLE_MAINTENANCE_WINDOWS)) {
            return new MaintenanceWindows(List.of());
        }
        var own = Given.list(spec.maintenanceWindows()).stream()
                .flatMap(MaintenanceWindows::parse)
                .toList();
        return new MaintenanceWindows(own.isEmpty() ? settings.get(GeneralParameters.MAINTENANCE_WINDOWS) : own);
    }

    /** Whether that moment is inside; the last minute of a window still is. */
    public boolean areOpen(ZonedDateTime moment) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(moment));
    }

    /** When the next window opens after that moment; nothing if there are no windows. */
    public Optional<ZonedDateTime> nextOpening(ZonedDateTime after) {
        var utc = after.withZoneSameInstant(ZoneOffset.UTC);
        return windows.stream()
                .flatMap(window -> IntStream.rangeClosed(0, DAYS_OF_A_WEEK)
                        .mapToObj(days -> utc.plusDays(days).with(window.start()))
                        .filter(opening -> opening.isAfter(utc) && window.contains(opening)))
                .min(Comparator.naturalOrder());
    }

    private static Stream<MaintenanceWindow> parse(String text) {
        return switch (Codecs.WINDOWS.fromText(text)) {
            case Parsed.Valid<List<MaintenanceWindow>>(var parsed) -> parsed.stream();
            case Parsed.Invalid<List<MaintenanceWindow>> _ -> Stream.empty();
        };
    }
}
