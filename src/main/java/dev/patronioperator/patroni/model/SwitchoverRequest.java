package dev.patronioperator.patroni.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Moves the leadership from one member to another.
 *
 * @param leader the member that leads now; Patroni refuses if another one does by then, so that a late request does no harm
 * @param candidate the member that shall lead; Patroni chooses if empty
 * @param at when; at once if empty
 */
public record SwitchoverRequest(String leader, Optional<String> candidate, Optional<Instant> at) {

    public static SwitchoverRequest now(String leader, String candidate) {
        return new SwitchoverRequest(leader, Optional.of(candidate), Optional.empty());
    }
}
