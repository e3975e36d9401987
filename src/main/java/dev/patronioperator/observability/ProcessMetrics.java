package dev.patronioperator.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The meters of the process itself: which version it is, how long it took to be ready, how much memory it holds. */
@Singleton
public final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");

    private final Clock clock;
    private volatile Duration readyAfter = Duration.ZERO;

    public ProcessMetrics(
            MeterRegistry registry, Clock clock, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.clock = clock;
        registry.gauge(Meters.READY_AFTER.meter(), this, self -> self.readyAfter.toMillis() / 1000.0);
        registry.gauge(
                Meters.BUILD.meter(), io.micrometer.core.instrument.Tags.of("version", version), this, self -> 1);
        registry.gauge(Meters.RESIDENT_MEMORY.meter(), this, self -> residentBytes(STATUS));
    }

    void onStart(@Observes StartupEvent started) {
        // nothing else asks for this bean before the first scrape
    }

    /**
     * The controllers run and their caches are filled.
     *
     * @return how long that took since the start of the process; empty where the system does not tell when that was
     */
    public Optional<Duration> ready() {
        var took = ProcessHandle.current().info().startInstant().map(start -> Duration.between(start, clock.instant()));
        took.ifPresent(duration -> readyAfter = duration);
        return took;
    }

    /** {@code VmRSS} of a status file of Linux, in bytes; not a number where there is none. */
    static double residentBytes(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToDouble(kibibytes -> Double.parseDouble(kibibytes) * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException otherSystem) {
            return Double.NaN;
        }
    }
}
