package dev.patronioperator.observability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ProcessMetrics metrics = new ProcessMetrics(registry, Clock.systemUTC(), "1.2.3");

    @Test
    void timeToReadyIsNothingUntilTheOperatorIsReady() {
        assertThat(registry.get(Meters.READY_AFTER.meter()).gauge().value()).isZero();
        var took = metrics.ready().orElseThrow();
        assertThat(registry.get(Meters.READY_AFTER.meter()).gauge().value())
                .isEqualTo(took.toMillis() / 1000.0)
                .isPositive();
    }

    @Test
    void buildTellsTheVersion() {
        assertThat(registry.get(Meters.BUILD.meter())
                        .tag("version", "1.2.3")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void residentMemoryIsReadWhereLinuxTellsIt(@TempDir Path directory) throws Exception {
        var status =
                Files.writeString(directory.resolve("status"), "Name:\tjava\nVmPeak:\t  99 kB\nVmRSS:\t   2048 kB\n");
        assertThat(ProcessMetrics.residentBytes(status)).isEqualTo(2048 * 1024);
        assertThat(ProcessMetrics.residentBytes(directory.resolve("absent"))).isNaN();
    }
}
