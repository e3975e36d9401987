/**
 * The operator's configuration as values: every parameter with its type, its defaults and what a change of it does; an immutable
 * {@link dev.patronioperator.settings.Settings snapshot}; and, in {@code decoding}, how the two sources are read.
 *
 * <p>Pure: no client, no clock, no injection. Defaults live here and nowhere else. Who watches the sources is the package {@code config}, which the
 * controllers never see: they depend on {@link dev.patronioperator.settings.SettingsProvider}.
 */
package dev.patronioperator.settings;
