package dev.patronioperator.settings.decoding;

import java.util.Optional;

/**
 * Something in the configuration that is not as it should be.
 *
 * @param severity whether the configuration can be used nevertheless
 * @param name the parameter as the user wrote it
 * @param value what was written, cut to a readable length; empty for secrets and where the value does not matter
 * @param message what is allowed
 */
public record Problem(Severity severity, String name, Optional<String> value, String message) {
    private static final int SHOWN = 60;

    public Problem {
        value = value.map(text -> text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
    }

    public enum Severity {
        /** The configuration is refused; the last good one stays in force. */
        ERROR,
        /** The configuration is used; somebody should look at it. */
        WARNING
    }

    public static Problem error(String name, Optional<String> value, String message) {
        return new Problem(Severity.ERROR, name, value, message);
    }

    public static Problem warning(String name, String message) {
        return new Problem(Severity.WARNING, name, Optional.empty(), message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line. */
    public String text() {
        return value.map(written -> name + ": " + message + ", not `" + written + "`")
                .orElse(name + ": " + message);
    }

    @Override
    public String toString() {
        return severity + " " + text();
    }
}
