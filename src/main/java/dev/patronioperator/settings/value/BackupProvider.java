package dev.patronioperator.settings.value;

/** Where logical backups are stored. */
public enum BackupProvider {
    S3,
    GCS,
    AZ
}
