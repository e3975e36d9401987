package dev.patronioperator.config;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import dev.patronioperator.config.execute.StatusWriter;
import dev.patronioperator.kubernetes.Conditions.Status;
import dev.patronioperator.kubernetes.Events;
import dev.patronioperator.kubernetes.Events.Announcement;
import dev.patronioperator.kubernetes.Events.Type;
import dev.patronioperator.settings.SettingsChange;
import dev.patronioperator.settings.SettingsDifference;
import dev.patronioperator.settings.decoding.Problem;

/** Says what became of a configuration: in the log, as an event and condition of the object, as metrics. Values of secrets are never said. */
@Singleton
public class ConfigurationReport {
    private static final Logger LOG = Logger.getLogger(ConfigurationReport.class);
    private static final String ACTION = "Configure";

    /** Reasons of events and conditions. */
    enum Reason {
        ConfigurationAccepted,
        ConfigurationChanged,
        ConfigurationWarning,
        ConfigurationInvalid
    }

    private final Events events;
    private final StatusWriter status;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger problems = new AtomicInteger();

    public ConfigurationReport(Events events, StatusWriter status, MeterRegistry metrics) {
        this.events = events;
        this.status = status;
        metrics.gauge("patroni_operator_configuration_accepted", accepted);
        metrics.gauge("patroni_operator_configuration_problems", problems);
    }

    void accepted(
            ConfigurationDocument document, List<Problem> warnings, boolean isFirst, Optional<SettingsChange> change) {
        accepted.set(1);
        problems.set(warnings.size());
        if (isFirst) {
            LOG.infof("%s is in force", document.name());
        }
        change.ifPresent(it -> {
            var differences =
                    it.differences().stream().map(SettingsDifference::text).collect(Collectors.joining("; "));
            LOG.infof("%s has changed and is in force: %s", document.name(), differences);
            say(document, Type.NORMAL, Reason.ConfigurationChanged, "In force: " + differences);
        });
        warnings.forEach(warning -> LOG.warnf("%s: %s", document.name(), warning.text()));
        if (!warnings.isEmpty()) {
            say(document, Type.WARNING, Reason.ConfigurationWarning, text(warnings));
        }
        condition(
                document,
                Status.TRUE,
                Reason.ConfigurationAccepted,
                warnings.isEmpty() ? "In force." : "In force, with warnings. " + text(warnings));
    }

    void refused(ConfigurationDocument document, List<Problem> found, boolean otherInForce) {
        accepted.set(0);
        problems.set(found.size());
        var consequence =
                otherInForce ? "The last good configuration stays in force. " : "The operator waits for a valid one. ";
        LOG.errorf("%s is not valid. %s%s", document.name(), consequence, text(found));
        say(document, Type.WARNING, Reason.ConfigurationInvalid, consequence + text(found));
        condition(document, Status.FALSE, Reason.ConfigurationInvalid, consequence + text(found));
    }

    void unreadable() {
        accepted.set(0);
    }

    void defaultsInForce() {
        accepted.set(1);
    }

    static String text(List<Problem> problems) {
        return problems.stream().map(Problem::text).collect(Collectors.joining("; "));
    }

    private void say(ConfigurationDocument document, Type type, Reason reason, String note) {
        events.record(document.object(), new Announcement(type, reason.name(), ACTION, note, document.version()));
    }

    private void condition(ConfigurationDocument document, Status value, Reason reason, String message) {
        if (document instanceof ConfigurationDocument.FromResource(var resource)) {
            status.write(resource, value, reason.name(), message);
        }
    }
}
