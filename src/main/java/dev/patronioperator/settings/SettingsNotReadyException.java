package dev.patronioperator.settings;

/** There is no configuration yet, and guessing one could restart every cluster. The message says what is missing. */
public final class SettingsNotReadyException extends IllegalStateException {
    public SettingsNotReadyException(String message) {
        super(message);
    }
}
