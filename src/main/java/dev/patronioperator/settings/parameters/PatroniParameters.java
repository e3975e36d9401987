package dev.patronioperator.settings.parameters;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.PATRONI;
import static dev.patronioperator.settings.codec.Codecs.BOOLEAN;

/** Parameters of the group {@code patroni}. */
public final class PatroniParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("patroni", "Patroni");

    public static final Parameter<Boolean> ENABLE_PATRONI_FAILSAFE_MODE = GROUP.define(
                    "enable_patroni_failsafe_mode",
                    BOOLEAN,
                    "Let a primary go on while the DCS is away and it can reach all members.",
                    PATRONI)
            .manifest("patroni.failsafe_mode")
            .formerly("failsafe_mode")
            .unset();

    private PatroniParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
