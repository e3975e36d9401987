package dev.patronioperator.testkit;

/** What can be wrong with the REST API of a {@link FakePatroni} member. */
public enum Trouble {
    /** Nobody listens on the port. */
    CONNECTION_REFUSED,
    /** Packets to the port are lost. */
    CONNECTION_HANGS,
    /** The request is taken and never answered. */
    NO_ANSWER,
    /** The answer comes, a byte at a time and for ever. */
    SLOW_DRIP,
    /** The connection breaks in the middle of the answer. */
    HALF_ANSWER,
    /** The connection breaks before the answer. */
    CLOSED_WITHOUT_ANSWER,
    /** The answer does not end; it is longer than any real one. */
    ENDLESS_ANSWER,
    /** 200 with text that is no JSON. */
    GARBAGE,
    /** 200 with JSON of another shape. */
    OTHER_JSON,
    /** 200 without a body. */
    EMPTY_ANSWER,
    /** 500 with a traceback. */
    SERVER_ERROR,
    /** 502 with the page of HTML that Python's HTTP server makes. */
    ERROR_PAGE,
    /** 302 to another place. */
    REDIRECT,
    /** 401, as with {@code restapi.authentication}. */
    UNAUTHORIZED,
    /** 403, as with {@code restapi.allowlist}. */
    NOT_ON_ALLOW_LIST
}
