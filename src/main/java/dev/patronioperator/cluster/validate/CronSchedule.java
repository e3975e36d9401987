package dev.patronioperator.cluster.validate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of schedules that Kubernetes' CronJob takes: five fields with lists, ranges, steps and names, or a word such as @daily. */
final class CronSchedule {

    private static final Pattern WORD =
            Pattern.compile("@(yearly|annually|monthly|weekly|daily|midnight|hourly|every (\\d+(\\.\\d+)?(h|m|s))+)");
    private static final Pattern PART = Pattern.compile("(?:([*?])|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:/(\\d{1,4}))?");
    private static final List<Field> FIELDS = List.of(
            new Field("minute", 0, 59, List.of()),
            new Field("hour", 0, 23, List.of()),
            new Field("day of the month", 1, 31, List.of()),
            new Field(
                    "month",
                    1,
                    12,
                    List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Field("day of the week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    private CronSchedule() {}

    /** What keeps the text from being a schedule. */
    static Optional<String> problem(String schedule) {
        var text = schedule.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("@")) {
            return WORD.matcher(text).matches()
                    ? Optional.empty()
                    : Optional.of("after @ comes yearly, monthly, weekly, daily, hourly or every with a duration");
        }
        var fields = text.split("\\s+");
        if (fields.length != FIELDS.size()) {
            return Optional.of("five fields are expected: minute, hour, day of the month, month, day of the week");
        }
        for (int i = 0; i < fields.length; i++) {
            var problem = FIELDS.get(i).problem(fields[i]);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /**
     * One of the five.
     *
     * @param names for the values from {@code least} on; empty if it has numbers only
     */
    private record Field(String what, int least, int most, List<String> names) {

        Optional<String> problem(String text) {
            for (var part : text.split(",", -1)) {
                if (!isValid(part)) {
                    return Optional.of("the " + what + " is \"" + part + "\": *, or " + least + " to " + most
                            + (names.isEmpty() ? "" : " or " + names.getFirst() + " to " + names.getLast())
                            + ", with - for a range and / for a step");
                }
            }
            return Optional.empty();
        }

        private boolean isValid(String part) {
            var match = PART.matcher(part);
            if (!match.matches() || match.group(4) != null && Integer.parseInt(match.group(4)) == 0) {
                return false;
            }
            if (match.group(1) != null) {
                return true;
            }
            int from = number(match.group(2));
            int to = match.group(3) == null ? from : number(match.group(3));
            return from >= least && to >= from && to <= most;
        }

        private int number(String text) {
            int name = names.indexOf(text);
            if (name >= 0) {
                return least + name;
            }
            return text.length() <= 3 && text.chars().allMatch(Character::isDigit) ? Integer.parseInt(text) : -1;
        }
    }
}
