package dev.patronioperator.settings;

import java.util.List;

/** A new snapshot has come into force. */
public record SettingsChange(Settings before, Settings after, List<SettingsDifference<?>> differences) {
    public SettingsChange {
        differences = List.copyOf(differences);
    }

    public static SettingsChange between(Settings before, Settings after) {
        return new SettingsChange(before, after, before.differences(after));
    }
}
