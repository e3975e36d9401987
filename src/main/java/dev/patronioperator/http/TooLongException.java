package dev.patronioperator.http;

/** An answer is longer than anybody reads. */
final class TooLongException extends Exception {

    private static final long serialVersionUID = 1L;

    TooLongException(int longest) {
        super("it is longer than " + longest + " bytes");
    }
}
