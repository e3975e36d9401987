package dev.patronioperator.patroni.model;

import java.util.List;
import java.util.Optional;

/**
 * The cluster as one member reads it from the DCS ({@code GET /cluster}).
 *
 * @param members in the order of their names
 * @param paused whether Patroni is in maintenance mode and fails over only by hand
 * @param scheduledSwitchover the switchover that waits for its time, if any
 */
public record Topology(List<Member> members, boolean paused, Optional<ScheduledSwitchover> scheduledSwitchover) {

    public Topology {
        members = List.copyOf(members);
    }

    /** The member that holds the leader key, also when it leads a standby cluster. Empty: this view shows none. */
    public Optional<Member> leader() {
        return members.stream().filter(member -> member.role().leads()).findFirst();
    }

    public Optional<Member> member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }
}
