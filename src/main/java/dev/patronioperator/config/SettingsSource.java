package dev.patronioperator.config;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.SettingsChange;
import dev.patronioperator.settings.SettingsNotReadyException;
import dev.patronioperator.settings.SettingsProvider;

/** Holds the snapshot in force. Only valid configurations get in; whatever else happens, the last one stays. */
@Singleton
public class SettingsSource implements SettingsProvider {
    private static final Logger LOG = Logger.getLogger(SettingsSource.class);

    private final List<Consumer<SettingsChange>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Settings> first = new CompletableFuture<>();
    private volatile Optional<Settings> inForce = Optional.empty();
    private volatile String waitingFor = "the configuration was not looked at yet";

    @Override
    public Settings current() {
        return inForce.orElseThrow(() -> new SettingsNotReadyException(waitingFor));
    }

    @Override
    public void onChange(Consumer<SettingsChange> listener) {
        listeners.add(listener);
    }

    /** The first snapshot, as soon as there is one: before that the controllers cannot start. */
    public CompletionStage<Settings> first() {
        return first.minimalCompletionStage();
    }

    public boolean isReady() {
        return inForce.isPresent();
    }

    /** Why there is no snapshot yet; of no meaning once there is one. */
    public String waitingFor() {
        return waitingFor;
    }

    /** Says why there is no snapshot yet. */
    void waitFor(String what) {
        waitingFor = what;
    }

    /**
     * Brings a valid configuration into force.
     *
     * @return what it changes; nothing if it is the first one or says the same
     */
    synchronized Optional<SettingsChange> bringIntoForce(Settings settings) {
        var before = inForce;
        inForce = Optional.of(settings);
        first.complete(settings);
        var change = before.map(old -> SettingsChange.between(old, settings))
                .filter(it -> !it.differences().isEmpty());
        change.ifPresent(it -> listeners.forEach(listener -> tell(listener, it)));
        return change;
    }

    /** One that fails keeps no other from hearing of it. */
    private static void tell(Consumer<SettingsChange> listener, SettingsChange change) {
        try {
            listener.accept(change);
        } catch (RuntimeException failure) {
            LOG.error("A part of the operator could not follow the changed configuration", failure);
        }
    }
}
