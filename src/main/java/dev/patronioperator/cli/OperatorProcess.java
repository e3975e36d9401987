package dev.patronioperator.cli;

import jakarta.inject.Singleton;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import org.jboss.logging.Logger;

import dev.patronioperator.config.ConfigurationWatch;
import dev.patronioperator.config.SettingsSource;
import dev.patronioperator.observability.ProcessMetrics;

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
            configuration.start();
            // The configuration says what to watch; an operator without one waits, unready, and says for what.
            settings.first().toCompletableFuture().join();
            operator.start();
            state.started(operator);
            process.ready().ifPresent(took -> LOG.infof("Ready after %.1f s", took.toMillis() / 1000.0));
            new WatchedNamespaces(operator).follow(settings);
        } catch (RuntimeException failure) {
            LOG.error("The controllers cannot start; the process ends so that it is started again", failure);
            Quarkus.asyncExit(ExitCode.ERROR);
        }
    }
}
