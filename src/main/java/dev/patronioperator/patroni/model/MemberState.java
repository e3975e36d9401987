package dev.patronioperator.patroni.model;

import java.util.Set;

/**
 * What the PostgreSQL of a member does, in Patroni's words (patroni/postgresql/misc.py); a running replica shows how it is fed
 * instead ({@code streaming}, {@code in archive recovery}) since Patroni 3.0.4.
 *
 * @param text such as {@code running}, {@code streaming}, {@code creating replica}, {@code start failed}; empty if Patroni says nothing
 */
public record MemberState(String text) {

    private static final Set<String> UP = Set.of("running", "streaming", "in archive recovery");
    private static final Set<String> FAILED = Set.of(
            "initdb failed", "custom bootstrap failed", "start failed", "restart failed", "stop failed", "crashed");

    /** Whether PostgreSQL runs and answers. A replica may still be fed from the archive only. */
    public boolean isUp() {
        return UP.contains(text);
    }

    /** Whether this is a replica connected to the one it follows. Patroni before 3.0.4 does not tell: it says {@code running}. */
    public boolean isStreaming() {
        return text.equals("streaming");
    }

    /** Whether Patroni gave up on the last attempt; it tries again by itself, but someone should look. */
    public boolean isFailed() {
        return FAILED.contains(text);
    }

    /** Whether the data of a replica are being copied. */
    public boolean isCreatingReplica() {
        return text.equals("creating replica");
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "unknown" : text;
    }
}
