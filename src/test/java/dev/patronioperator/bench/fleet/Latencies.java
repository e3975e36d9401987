package dev.patronioperator.bench.fleet;

import java.util.List;

/**
 * How long edits took to arrive.
 *
 * @param seconds of those that did
 */
record Latencies(List<Double> seconds) {

    Latencies {
        seconds = seconds.stream().sorted().toList();
    }

    int arrived() {
        return seconds.size();
    }

    double quantile(double share) {
        return seconds.isEmpty()
                ? Double.NaN
                : seconds.get(Math.min(seconds.size() - 1, (int) (share * seconds.size())));
    }
}
