package dev.patronioperator.settings.value;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A span of the day, in UTC, in which disruptive work may be done: {@code 01:00-03:30} or, on one weekday only, {@code Sun:01:00-03:30}.
 *
 * @param day empty: every day
 * @param start first minute inside
 * @param end last minute inside, to its end; not before {@code start}, a window never passes midnight
 */
public record MaintenanceWindow(Optional<DayOfWeek> day, LocalTime start, LocalTime end) {
    public MaintenanceWindow {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("the window ends before it starts");
        }
    }

    public boolean contains(ZonedDateTime moment) {
        var utc = moment.withZoneSameInstant(ZoneOffset.UTC);
        var time = utc.toLocalTime().truncatedTo(ChronoUnit.MINUTES);
        return day.map(utc.getDayOfWeek()::equals).orElse(true) && !time.isBefore(start) && !time.isAfter(end);
    }
}
