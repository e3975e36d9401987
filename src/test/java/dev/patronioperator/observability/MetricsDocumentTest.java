package dev.patronioperator.observability;

import org.junit.jupiter.api.Test;

import dev.patronioperator.testkit.GeneratedFile;

/** docs/reference/metrics.md is the catalogue of meters. */
class MetricsDocumentTest {

    @Test
    void documentListsEveryMeter() {
        var text = new StringBuilder(
                """
                # Metrics

                <!-- Generated from src/main/java/dev/patronioperator/observability/Meters.java by MetricsDocumentTest. Do not edit. -->

                Prometheus reads them at `/q/metrics`. No label holds the name of a cluster, so a large fleet costs no more time series than
                a small one; what a cluster does is in its status and its events. A timer has `_count`, `_sum` and `_max`. Beside these there
                are the usual ones of the JVM, of the process and of the HTTP server.

                | metric | type | labels | meaning |
                | --- | --- | --- | --- |
                """);
        for (var meter : Meters.values()) {
            text.append("| `%s` | %s | %s | %s |%n"
                    .formatted(meter.exposed(), meter.type(), meter.labels(), meter.meaning()));
        }
        GeneratedFile.of("docs/reference/metrics.md").holds(text.toString());
    }
}
