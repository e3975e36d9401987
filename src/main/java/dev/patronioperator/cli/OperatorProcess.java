package dev.patronioperator.cli;

import jakarta.inject.Singleton;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import org.jboss.logging.Logger;

import dev.patronioperator.config.ConfigurationWatch;
import dev.patronioperator.config.SettingsSource;
import dev.patronioperator.observability.ProcessMetrics;
import dev.patronioperator.settings.SettingsChange;
import dev.patronioperator.settings.value.NamespaceScope;

import static dev.patronioperator.settings.parameters.KubernetesParameters.WATCHED_NAMESPACE;

/** The controllers, from their start on; {@link OperatorState} ends them. */
@Singleton
@Unremovable
class OperatorProcess {

    private static final Logger LOG = Logger.getLogger(OperatorProcess.class);

    private final Operator operator;
    private final ConfigurationWatch configuration;
    private final SettingsSource settings;
    private final ProcessMetrics process;
    private final OperatorState state;

    OperatorProcess(
            Operator operator,
            ConfigurationWatch configuration,
            SettingsSource settings,
            ProcessMetrics process,
            OperatorState state) {
        this.operator = operator;
        this.configuration = configuration;
        this.settings = settings;
        this.process = process;
        this.state = state;
    }

    /** Starts in the background, so that health answers and SIGTERM is heeded while an API server is waited for. */
    void start() {
        Thread.ofPlatform().name("start-controllers").daemon().start(this::startControllers);
    }

    private void startControllers() {
        try {
            settings.onChange(this::endForOtherNamespaces);
            configuration.start();
            // The configuration says what to watch; an operator without one waits, unready, and says for what.
            settings.first().toCompletableFuture().join();
            operator.start();
            state.started(operator);
            process.ready().ifPresent(took -> LOG.infof("Ready after %.1f s", took.toMillis() / 1000.0));
        } catch (RuntimeException failure) {
            LOG.error("The controllers cannot start; the process ends so that it is started again", failure);
            Quarkus.asyncExit(ExitCode.ERROR);
        }
    }

    /** What is watched is settled when the controllers are made. Whoever starts the operator again, its Deployment for one, makes new ones. */
    private void endForOtherNamespaces(SettingsChange change) {
        var before = NamespaceScope.of(change.before().get(WATCHED_NAMESPACE));
        var after = NamespaceScope.of(change.after().get(WATCHED_NAMESPACE));
        if (!after.equals(before)) {
            LOG.warnf(
                    "watched_namespace is `%s` instead of `%s`: the process ends, so that it is started again and watches these",
                    change.after().get(WATCHED_NAMESPACE), change.before().get(WATCHED_NAMESPACE));
            Quarkus.asyncExit(ExitCode.OK);
        }
    }
}
