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
            .noEffect("watches report when something is there; nothing is polled")
            .unsetWhenEmpty()
            .byDefault(Duration.ofSeconds(3));

    public static final Parameter<Duration> RESOURCE_CHECK_TIMEOUT = GROUP.define(
                    "resource_check_timeout",
                    POSITIVE_DURATION,
                    "Time that an object may take to be created or deleted.",
                    OPERATOR)
            .noEffect("watches report when something is there; nobody waits for it")
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(10));

    public static final Parameter<Duration> POD_LABEL_WAIT_TIMEOUT = GROUP.define(
                    "pod_label_wait_timeout",
                    POSITIVE_DURATION,
                    "Time that a new pod, or a switchover, may take until Patroni has set the role label.",
                    OPERATOR)
            .noEffect("watches report a pod's labels; nobody waits for them")
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(10));

    public static final Parameter<Duration> POD_DELETION_WAIT_TIMEOUT = GROUP.define(
                    "pod_deletion_wait_timeout", POSITIVE_DURATION, "Time that a pod may take to go.", OPERATOR)
            .noEffect("watches report that a pod is gone; nobody waits for it")
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(10));

    public static final Parameter<Duration> READY_WAIT_INTERVAL = GROUP.define(
                    "ready_wait_interval", POSITIVE_DURATION, "Not used, in the peer neither.", NONE)
            .noEffect("nobody waits for definitions to be ready")
            .unsetWhenEmpty()
            .deprecated("has no effect")
            .byDefault(Duration.ofSeconds(4));

    public static final Parameter<Duration> READY_WAIT_TIMEOUT = GROUP.define(
                    "ready_wait_timeout", POSITIVE_DURATION, "Not used, in the peer neither.", NONE)
            .noEffect("nobody waits for definitions to be ready")
            .unsetWhenEmpty()
            .deprecated("has no effect")
            .byDefault(Duration.ofSeconds(30));

    public static final Parameter<Duration> PATRONI_API_CHECK_INTERVAL = GROUP.define(
                    "patroni_api_check_interval", POSITIVE_DURATION, "How often Patroni is asked again.", OPERATOR)
            .noEffect("Patroni is asked when there is a reason to, not periodically")
            .unsetWhenEmpty()
            .byDefault(Duration.ofSeconds(1));

    public static final Parameter<Duration> PATRONI_API_CHECK_TIMEOUT = GROUP.define(
                    "patroni_api_check_timeout", POSITIVE_DURATION, "Time that Patroni has to answer.", OPERATOR)
            .noEffect("a member that does not answer is asked again at the next look")
            .unsetWhenEmpty()
            .byDefault(Duration.ofSeconds(5));

    private TimeoutParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
