package dev.patronioperator.settings.value;

/** Who starts a major version upgrade. */
public enum MajorVersionUpgradeMode {
    /** Nobody, but for the teams that are allowed by name. */
    OFF,
    /** The manifest, by naming a higher version. */
    MANUAL,
    /** The operator, for every cluster below the minimal version. */
    FULL
}
