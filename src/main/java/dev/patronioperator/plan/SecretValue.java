package dev.patronioperator.plan;

/** What a value of a Secret becomes. None of these holds a secret. */
public sealed interface SecretValue {

    /** This text, which anybody may know. */
    record Text(String text) implements SecretValue {}

    /** A password that is made at that moment. */
    record Generated() implements SecretValue {}

    /** What another value of the Secret was when it was read. */
    record SameAs(String key) implements SecretValue {}

    /**
     * A text about other values of the Secret, as they are when all else is changed.
     *
     * @param template with data keys in braces, {@code {password}}, for their values, encoded as in a URI
     */
    record Filled(String template) implements SecretValue {}

    /** Nothing. */
    record Gone() implements SecretValue {}
}
