package dev.patronioperator.bench.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, beside what the Zalando operator needed on a machine of the same size and what we want to need. */
final class FleetFigures {

    /**
     * One line of the table.
     *
     * @param peer of 50, 200 and 500 clusters
     * @param atMost the goal; a figure of ours that is larger misses it
     */
    private enum Line {
        START("start to ready, no clusters, s", List.of(5.2, 5.2, 5.2), 3),
        CREATE("N clusters made: all StatefulSets exist, s", List.of(23.0, 106.0, 209.0), Double.NaN),
        RUNNING("all clusters Running, s", List.of(), Double.NaN),
        REQUESTS("requests for a cluster made", List.of(29.0, 29.0, 29.0), 15),
        WRITES("of them writes", List.of(15.0, 15.0, 15.0), 15),
        CPU("processor time for a cluster made, s", List.of(), Double.NaN),
        RESTART("restart with N clusters until quiet, s", List.of(8.0, 20.0, 43.0), 5),
        IDLE("requests of an idle cluster and sync", List.of(20.0, 20.0, 20.0), 0),
        EDIT("edit to StatefulSet, idle, median, s", List.of(0.093, 0.075, 0.147), 0.05),
        EDIT_P90("the same, p90, s", List.of(), Double.NaN),
        BURST("ten edits at once, p90, s", List.of(2.0, 1.1, 2.0), 0.2),
        STUCK("of ten edits beside 10 % stuck clusters arrive", List.of(1.0, 0.0, 0.0), Double.NaN),
        STUCK_P90("the same, p90, s", List.of(), Double.NaN),
        MEMORY_EMPTY("resident memory, no clusters, MiB", List.of(), Double.NaN),
        MEMORY("resident memory with N clusters, MiB", List.of(70.0, 100.0, 173.0), Double.NaN);

        private final String text;
        private final List<Double> peer;
        private final double atMost;

        Line(String text, List<Double> peer, double atMost) {
            this.text = text;
            this.peer = peer;
            this.atMost = atMost;
        }
    }

    private static final List<Integer> SIZES = List.of(50, 200, 500);

    private final int clusters;
    private final Map<Line, Double> ours = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    FleetFigures(int clusters) {
        this.clusters = clusters;
    }

    private FleetFigures put(Line line, double value) {
        ours.put(line, value);
        return this;
    }

    FleetFigures start(double seconds, double memory) {
        return put(Line.START, seconds).put(Line.MEMORY_EMPTY, memory);
    }

    FleetFigures created(double sets, double running, double processor) {
        return put(Line.CREATE, sets).put(Line.RUNNING, running).put(Line.CPU, processor / clusters);
    }

    FleetFigures requests(long all, long writes, String which) {
        notes.put("requests for a cluster made", which);
        return put(Line.REQUESTS, (double) all / clusters).put(Line.WRITES, (double) writes / clusters);
    }

    FleetFigures restarted(double seconds, String which) {
        notes.put("requests of the restart, for each cluster", which);
        return put(Line.RESTART, seconds);
    }

    FleetFigures idle(long requests) {
        return put(Line.IDLE, (double) requests / clusters);
    }

    FleetFigures edits(Latencies each, Latencies atOnce, Latencies besideStuck) {
        return put(Line.EDIT, each.quantile(0.5))
                .put(Line.EDIT_P90, each.quantile(0.9))
                .put(Line.BURST, atOnce.quantile(0.9))
                .put(Line.STUCK, besideStuck.arrived())
                .put(Line.STUCK_P90, besideStuck.quantile(0.9));
    }

    FleetFigures memory(double mebibytes) {
        return put(Line.MEMORY, mebibytes);
    }

    FleetFigures note(String what, String text) {
        notes.put(what, text);
        return this;
    }

    String table() {
        var rows = ours.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
        var remarks = notes.entrySet().stream()
                .map(note -> "- " + note.getKey() + ": " + note.getValue())
                .collect(Collectors.joining("\n"));
        return "| N = %d | Zalando operator | goal | ours | ours / Zalando |%n| --- | ---: | ---: | ---: | ---: |%n%s%n%n%s%n"
                .formatted(clusters, rows, remarks);
    }

    private String row(Line line, double value) {
        var size = SIZES.indexOf(clusters);
        var peer = size >= 0 && !line.peer.isEmpty() ? line.peer.get(size) : Double.NaN;
        var goal = line == Line.CREATE ? peer / 10 : line == Line.MEMORY && clusters >= 200 ? peer : line.atMost;
        return "| %s | %s | %s | %s%s | %s |"
                .formatted(
                        line.text,
                        number(peer),
                        number(line == Line.STUCK ? 10 : goal),
                        number(value),
                        value > goal || line == Line.STUCK && value < 10 ? " (missed)" : "",
                        Double.isNaN(peer) || peer == 0 ? "" : String.format(Locale.ROOT, "%.2f", value / peer));
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value)
                .replaceFirst("(\\.\\d*?)0+$", "$1")
                .replaceFirst("\\.$", "");
    }

    /** For programs: the lines by name, and the notes. */
    Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("clusters", clusters);
        ours.forEach((line, value) -> map.put(line.name().toLowerCase(Locale.ROOT), value));
        map.put("notes", notes);
        return map;
    }
}
