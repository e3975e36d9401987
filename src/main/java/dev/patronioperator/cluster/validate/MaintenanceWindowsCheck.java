package dev.patronioperator.cluster.validate;

import java.util.regex.Pattern;

/** Maintenance windows lie within one day, in UTC. */
final class MaintenanceWindowsCheck implements SpecCheck {

    private static final Pattern FORM = Pattern.compile(
            "((Mon|Tue|Wed|Thu|Fri|Sat|Sun):)?(?<fromHour>\\d{1,2}):(?<fromMinute>\\d{2})-(?<toHour>\\d{1,2}):(?<toMinute>\\d{2})");
    private static final String ALLOWED =
            "is no maintenance window: HH:MM-HH:MM or Day:HH:MM-HH:MM with Mon, Tue, Wed, Thu, Fri, Sat or Sun, such as Sat:01:00-04:30";

    @Override
    public void check(Subject subject, Problems problems) {
        var windows = Absent.asEmpty(subject.spec().maintenanceWindows());
        for (int i = 0; i < windows.size(); i++) {
            check("spec.maintenanceWindows[" + i + "]", String.valueOf(windows.get(i)), problems);
        }
    }

    private static void check(String field, String window, Problems problems) {
        var match = FORM.matcher(window);
        if (!match.matches()) {
            problems.refuse(field, window, ALLOWED);
            return;
        }
        int from = minuteOfDay(match.group("fromHour"), match.group("fromMinute"));
        int to = minuteOfDay(match.group("toHour"), match.group("toMinute"));
        if (from < 0 || to < 0) {
            problems.refuse(field, window, "has no time of a day: 00:00 to 23:59");
        } else if (to < from) {
            problems.refuse(
                    field,
                    window,
                    "ends before it begins: split a window over midnight in two, such as 23:00-23:59 and 00:00-01:00");
        }
    }

    /** Minutes since midnight, or -1 if that is no time. */
    private static int minuteOfDay(String hour, String minute) {
        int h = Integer.parseInt(hour);
        int m = Integer.parseInt(minute);
        return h > 23 || m > 59 ? -1 : h * 60 + m;
    }
}
