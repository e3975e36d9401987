package dev.patronioperator.cli;

/** How a command tells a script what it came to; the same as {@code kubectl diff} and {@code terraform plan -detailed-exitcode} do. */
final class ExitCode {

    /** All is well; for {@code plan}: nothing to do. */
    static final int OK = 0;

    /** Wrong arguments, an unreadable or refused manifest, an API server that cannot be reached. */
    static final int ERROR = 1;

    /** For {@code plan}: there is something to do. */
    static final int CHANGES = 2;

    private ExitCode() {}
}
