package dev.patronioperator.teams;

/** The Teams API: whose members a team has. */
public interface TeamsApi {

    /**
     * Where it is and what it lets us in with.
     *
     * @param url without a slash at the end
     * @param token for the header {@code Authorization: Bearer}
     */
    record Access(String url, String token) {
        /** Without the token: a record prints all it holds. */
        @Override
        public String toString() {
            return url;
        }
    }

    /**
     * {@code GET URL/teams/TEAM}. Never throws for remote trouble, and ends within the deadlines of the implementation.
     *
     * <p>Called from worker threads; never from an event loop.
     */
    TeamAnswer members(Access access, String team);
}
