package dev.patronioperator.teams.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.patronioperator.teams.TeamAnswer;
import dev.patronioperator.teams.TeamsApi;

/**
 * Remembers what the Teams API said, so that a look at a settled cluster asks nothing, and that an outage costs one deadline now and then
 * and not one for each team of each cluster. What was known before an outage stays known; what nobody remembers is {@code Unclear}.
 */
public final class CachedTeamsApi implements TeamsApi {

    /** How long an answer is good for. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** How long an address where nobody answered is left alone. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    /** How long a team of which there was no answer is left alone; longer, so that others are asked for before it. */
    static final Duration REST = SILENCE.multipliedBy(2);

    private final TeamsApi api;
    private final Clock clock;
    private final Map<Team, Memory> teams = new ConcurrentHashMap<>();
    private final Map<String, Said> silent = new ConcurrentHashMap<>();

    private record Team(String url, String name) {}

    /** An answer, and until when it is not asked for again. */
    private record Said(TeamAnswer answer, Instant until) {}

    public CachedTeamsApi(TeamsApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Override
    public TeamAnswer members(Access access, String team) {
        return teams.computeIfAbsent(new Team(access.url(), team), ignored -> new Memory())
                .members(access, team);
    }

    /** Of one team. Who comes while it is being asked for waits for that answer instead of asking too. */
    private final class Memory {
        private Optional<Said> said = Optional.empty();
        private Optional<List<String>> lastKnown = Optional.empty();

        synchronized TeamAnswer members(Access access, String team) {
            return said.filter(CachedTeamsApi.this::isYoung)
                    .or(() -> Optional.ofNullable(silent.get(access.url())).filter(CachedTeamsApi.this::isYoung))
                    .map(Said::answer)
                    .map(this::withLastKnown)
                    .orElseGet(() -> heard(access, api.members(access, team)));
        }

        private TeamAnswer heard(Access access, TeamAnswer answer) {
            switch (answer) {
                case TeamAnswer.Unclear unclear -> {
                    said = Optional.of(new Said(unclear, clock.instant().plus(REST)));
                    if (!unclear.heard()) {
                        silent.put(
                                access.url(), new Said(unclear, clock.instant().plus(SILENCE)));
                    }
                }
                case TeamAnswer.Members(List<String> names) -> {
                    said = Optional.of(new Said(answer, clock.instant().plus(FRESH)));
                    lastKnown = Optional.of(names);
                }
                case TeamAnswer.NoSuchTeam ignored -> {
                    said = Optional.of(new Said(answer, clock.instant().plus(FRESH)));
                    lastKnown = Optional.empty();
                }
            }
            return withLastKnown(answer);
        }

        private TeamAnswer withLastKnown(TeamAnswer answer) {
            return answer instanceof TeamAnswer.Unclear(String because, boolean heard, var ignored)
                    ? new TeamAnswer.Unclear(because, heard, lastKnown)
                    : answer;
        }
    }

    private boolean isYoung(Said said) {
        return clock.instant().isBefore(said.until());
    }
}
