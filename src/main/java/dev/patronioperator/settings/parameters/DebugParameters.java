package dev.patronioperator.settings.parameters;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.OPERATOR;
import static dev.patronioperator.settings.codec.Codecs.BOOLEAN;

/** Parameters of the group {@code debug}. */
public final class DebugParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("debug", "Debugging");

    public static final Parameter<Boolean> DEBUG_LOGGING = GROUP.define(
                    "debug_logging", BOOLEAN, "Log what is decided and why, not only what is done.", OPERATOR)
            .byDefault(true);

    public static final Parameter<Boolean> ENABLE_DATABASE_ACCESS = GROUP.define(
                    "enable_database_access",
                    BOOLEAN,
                    "Connect to the databases to manage roles, databases and extensions.",
                    OPERATOR)
            .byDefault(true);

    private DebugParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
