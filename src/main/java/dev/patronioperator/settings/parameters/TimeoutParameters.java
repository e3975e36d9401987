package dev.patronioperator.settings.parameters;

import java.time.Duration;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.NONE;
import static dev.patronioperator.settings.Effect.OPERATOR;
import static dev.patronioperator.settings.codec.Codecs.POSITIVE_DURATION;

/** Parameters of the group {@code timeouts}. */
public final class TimeoutParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("timeouts", "Timeouts");

    public static final Parameter<Duration> RESOURCE_CHECK_INTERVAL = GROUP.define(
                    "resource_check_interval",
                    POSITIVE_DURATION,
                    "How often an object that is being created or deleted is looked at, where no watch tells.",
                    OPERATOR)
            .unsetWhenEmpty()
            .byDefault(Duration.ofSeconds(3));

    public static final Parameter<Duration> RESOURCE_CHECK_TIMEOUT = GROUP.define(
                    "resource_check_timeout",
                    POSITIVE_DURATION,
                    "Time that an object may take to be created or deleted.",
                    OPERATOR)
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(10));

    public static final Parameter<Duration> POD_LABEL_WAIT_TIMEOUT = GROUP.define(
                    "pod_label_wait_timeout",
                    POSITIVE_DURATION,
                    "Time that a new pod, or a switchover, may take until Patroni has set the role label.",
                    OPERATOR)
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(10));

    public static final Parameter<Duration> POD_DELETION_WAIT_TIMEOUT = GROUP.define(
                    "pod_deletion_wait_timeout", POSITIVE_DURATION, "Time that a pod may take to go.", OPERATOR)
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(10));

    public static final Parameter<Duration> READY_WAIT_INTERVAL = GROUP.define(
                    "ready_wait_interval", POSITIVE_DURATION, "Not used, in the peer neither.", NONE)
            .unsetWhenEmpty()
            .deprecated("has no effect")
            .byDefault(Duration.ofSeconds(4));

    public static final Parameter<Duration> READY_WAIT_TIMEOUT = GROUP.define(
                    "ready_wait_timeout", POSITIVE_DURATION, "Not used, in the peer neither.", NONE)
            .unsetWhenEmpty()
            .deprecated("has no effect")
            .byDefault(Duration.ofSeconds(30));

    public static final Parameter<Duration> PATRONI_API_CHECK_INTERVAL = GROUP.define(
                    "patroni_api_check_interval", POSITIVE_DURATION, "How often Patroni is asked again.", OPERATOR)
            .unsetWhenEmpty()
            .byDefault(Duration.ofSeconds(1));

    public static final Parameter<Duration> PATRONI_API_CHECK_TIMEOUT = GROUP.define(
                    "patroni_api_check_timeout", POSITIVE_DURATION, "Time that Patroni has to answer.", OPERATOR)
            .unsetWhenEmpty()
            .byDefault(Duration.ofSeconds(5));

    private TimeoutParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
