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
     */
    record Unreachable<T>(String reason, Why why) implements SqlAnswer<T> {}

    /** Why there is no session. */
    enum Why {
        /** Nobody answers. */
        SILENT,
        /** The server is there but lets nobody in with this password (SQLSTATE 28P01). */
        PASSWORD_REFUSED,
        /** The server is there but does not let this role in, whatever its password (the rest of SQLSTATE class 28). */
        TURNED_AWAY
    }
}
