package dev.patronioperator.settings;

import java.util.function.Consumer;

/** What the controllers see of the configuration. */
public interface SettingsProvider {
    /**
     * The snapshot in force. Take it once for each reconcile.
     *
     * @throws SettingsNotReadyException while no valid configuration has been seen since the operator started; the operator is not ready then
     */
    Settings current();

    /** Calls the listener, on the watching thread, each time another snapshot comes into force; not for the one in force now. */
    void onChange(Consumer<SettingsChange> listener);
}
