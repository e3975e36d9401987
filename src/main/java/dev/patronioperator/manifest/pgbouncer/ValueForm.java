package dev.patronioperator.manifest.pgbouncer;

import java.util.regex.Pattern;

/** What the value of a key looks like. PgBouncer does not start with one that is wrong, so it is refused before. */
public enum ValueForm {
    NUMBER("is no whole number", "\\d{1,10}"),
    SECONDS("is no number of seconds", "\\d{1,9}(\\.\\d{1,6})?"),
    SWITCH("is no switch: 1 or 0", "[01]"),
    TLS_MODE(
            "is no TLS mode: disable, allow, prefer, require, verify-ca or verify-full",
            "disable|allow|prefer|require|verify-(ca|full)"),
    /** Names and lists of them, such as ciphers and parameters. */
    WORDS("is no list of names: letters, digits and -_.,:;+!@=* and blanks", "[-\\w.,:;+!@=* ]{0,500}"),
    /**
     * Run in sessions of every user of the pooler, superusers among them. Whoever writes a manifest must not become one of them by it, so
     * nothing goes that acts beyond the session.
     */
    RESET(
            "is none of the statements that only reset a session: DISCARD ALL, RESET ALL, DEALLOCATE ALL, UNLISTEN *, "
                    + "CLOSE ALL, SELECT 1, with ; between them",
            "(?i)(" + Patterns.RESET + "( *; *" + Patterns.RESET + ")* *;?)?");

    private final String explanation;
    private final Pattern pattern;

    ValueForm(String explanation, String pattern) {
        this.explanation = explanation;
        this.pattern = Pattern.compile(pattern);
    }

    public boolean fits(String value) {
        return pattern.matcher(value).matches();
    }

    /** Continues the sentence {@code "value" …}. */
    public String explanation() {
        return explanation;
    }

    private static final class Patterns {
        static final String RESET =
                "(DISCARD (ALL|PLANS|SEQUENCES|TEMP|TEMPORARY)|RESET ALL|DEALLOCATE ALL|UNLISTEN \\*|"
                        + "CLOSE ALL|SELECT 1)";
    }
}
