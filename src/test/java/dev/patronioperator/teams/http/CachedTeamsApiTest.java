package dev.patronioperator.teams.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.patronioperator.teams.TeamAnswer;
import dev.patronioperator.teams.TeamAnswer.Members;
import dev.patronioperator.teams.TeamAnswer.NoSuchTeam;
import dev.patronioperator.teams.TeamAnswer.Unclear;
import dev.patronioperator.teams.TeamsApi;
import dev.patronioperator.testkit.world.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

class CachedTeamsApiTest {

    private static final TeamsApi.Access ACCESS = new TeamsApi.Access("https://teams", "token");
    private static final TeamAnswer SILENT = new Unclear("silent", false, Optional.empty());
    private static final TeamAnswer BROKEN = new Unclear("status 500", true, Optional.empty());

    private final Map<String, TeamAnswer> answers = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final MutableClock clock = new MutableClock();

    private final CachedTeamsApi api = new CachedTeamsApi(
            (access, team) -> {
                asked.add(team);
                return answers.get(team);
            },
            clock);

    private TeamAnswer ask(String team) {
        return api.members(ACCESS, team);
    }

    private void after(Duration time) {
        clock.advance(time);
    }

    @Test
    void anAnswerIsAskedForOnceInAWhile() {
        answers.put("acid", new Members(List.of("anna")));
        ask("acid");
        answers.put("acid", new Members(List.of("ben")));

        assertThat(ask("acid")).isEqualTo(new Members(List.of("anna")));
        after(CachedTeamsApi.FRESH);
        assertThat(ask("acid")).isEqualTo(new Members(List.of("ben")));
        assertThat(asked).hasSize(2);
    }

    @Test
    void anOutageCostsOneQuestionAndForgetsNobody() {
        answers.putAll(Map.of("acid", new Members(List.of("anna")), "other", new Members(List.of("ben"))));
        ask("acid");
        ask("other");
        answers.putAll(Map.of("acid", SILENT, "other", SILENT));
        after(CachedTeamsApi.FRESH);
        asked.clear();

        assertThat(ask("acid")).isEqualTo(new Unclear("silent", false, Optional.of(List.of("anna"))));
        assertThat(ask("other")).isEqualTo(new Unclear("silent", false, Optional.of(List.of("ben"))));
        assertThat(ask("third")).isEqualTo(SILENT);
        assertThat(asked).containsExactly("acid");
    }

    @Test
    void afterAnOutageItIsAskedAgain() {
        answers.put("acid", SILENT);
        ask("acid");
        answers.put("acid", new Members(List.of("anna")));

        assertThat(ask("acid")).isEqualTo(SILENT);
        after(CachedTeamsApi.REST);
        assertThat(ask("acid")).isEqualTo(new Members(List.of("anna")));
    }

    @Test
    void aTeamThatAlwaysFailsKeepsNoOtherFromBeingAskedFor() {
        answers.putAll(Map.of("bad", SILENT, "good", new Members(List.of("anna"))));
        ask("bad");
        after(CachedTeamsApi.SILENCE);
        ask("bad");

        assertThat(ask("good")).isEqualTo(new Members(List.of("anna")));
    }

    @Test
    void anErrorOfOneTeamSaysNothingOfTheAddress() {
        answers.putAll(Map.of("bad", BROKEN, "good", new Members(List.of("anna"))));

        assertThat(ask("bad")).isEqualTo(BROKEN);
        assertThat(ask("good")).isEqualTo(new Members(List.of("anna")));
        assertThat(ask("bad")).isEqualTo(BROKEN);
        assertThat(asked).containsExactly("bad", "good");
    }

    @Test
    void aTeamThatIsGoneHasNoLastMembers() {
        answers.put("acid", new Members(List.of("anna")));
        ask("acid");
        answers.put("acid", new NoSuchTeam());
        after(CachedTeamsApi.FRESH);
        assertThat(ask("acid")).isEqualTo(new NoSuchTeam());
        answers.put("acid", BROKEN);
        after(CachedTeamsApi.FRESH);

        assertThat(ask("acid")).isEqualTo(BROKEN);
    }
}
