package dev.patronioperator.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a plan for people. Status, events, log, command line and UI show the same lines. */
public final class PlanText {

    private static final int REASONS_SHOWN = 3;

    private PlanText() {}

    /** One line: how many steps, the greatest impact. */
    public static String summary(Plan plan) {
        if (plan.isEmpty()) {
            return "nothing to do";
        }
        int steps = plan.steps().size();
        return steps + (steps == 1 ? " step" : " steps") + ", impact " + plan.impact();
    }

    /** One line a step: number, what, impact, reasons. */
    public static List<String> lines(Plan plan) {
        int width = plan.steps().stream()
                .mapToInt(s -> s.step().text().length())
                .max()
                .orElse(0);
        var lines = new java.util.ArrayList<String>();
        for (var planned : plan.steps()) {
            lines.add("%3d  %-" + Math.max(width, 1) + "s  %-10s  %s");
            lines.set(
                    lines.size() - 1,
                    lines.getLast().formatted(lines.size(), planned.step().text(), planned.impact(), reasons(planned)));
        }
        return lines;
    }

    /** One line for each difference that is left for later: what, until when, reasons. */
    public static List<String> deferred(Plan plan) {
        return plan.deferred().stream()
                .map(later ->
                        "deferred: " + later.what() + ", until " + later.until() + "  " + reasons(later.reasons()))
                .toList();
    }

    /** The first reasons of a step and how many more there are. */
    public static String reasons(PlannedStep planned) {
        return reasons(planned.reasons());
    }

    private static String reasons(List<Reason> reasons) {
        var shown = reasons.stream().limit(REASONS_SHOWN).map(Reason::toString).collect(Collectors.joining("; "));
        int more = reasons.size() - REASONS_SHOWN;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }

    public static String text(Plan plan) {
        return Stream.of(Stream.of(summary(plan)), lines(plan).stream(), deferred(plan).stream())
                .flatMap(each -> each)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
