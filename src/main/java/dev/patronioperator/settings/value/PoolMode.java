package dev.patronioperator.settings.value;

/** When the pooler gives a server connection back. */
public enum PoolMode {
    SESSION,
    TRANSACTION
}
