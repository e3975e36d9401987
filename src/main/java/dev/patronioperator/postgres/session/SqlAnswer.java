package dev.patronioperator.postgres.session;

/** What came of talking to a server. A server that does not answer is never taken for an empty one. */
public sealed interface SqlAnswer<T> {

    /** The work was done. */
    record Done<T>(T value) implements SqlAnswer<T> {}

    /** The server refused a statement; what was in its transaction has not happened. */
    record Failed<T>(SqlFailure failure) implements SqlAnswer<T> {}

    /**
     * No session could be had, or it was lost in the middle.
     *
     * @param reason what went wrong, for people
     * @param passwordRefused the server is there but lets nobody in with this password (SQLSTATE class 28)
     */
    record Unreachable<T>(String reason, boolean passwordRefused) implements SqlAnswer<T> {}
}
