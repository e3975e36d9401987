/**
 * The operator configuration's own controller: watches the one object that holds it, and brings valid changes into force at once. What a value means is the
 * business of {@code settings}; the controllers see the result through {@link dev.patronioperator.settings.SettingsProvider} only.
 */
package dev.patronioperator.config;
