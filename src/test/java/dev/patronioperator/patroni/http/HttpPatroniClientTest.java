package dev.patronioperator.patroni.http;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.model.RestartRequest;
import dev.patronioperator.patroni.model.SwitchoverOutcome;
import dev.patronioperator.patroni.model.SwitchoverRequest;
import dev.patronioperator.testkit.FakePatroni;
import dev.patronioperator.testkit.PatroniClients;
import dev.patronioperator.testkit.SelfSigned;
import dev.patronioperator.testkit.Trouble;

import static org.assertj.core.api.Assertions.assertThat;

class HttpPatroniClientTest {

    private final FakePatroni patroni = FakePatroni.cluster("orders", 3);
    private final PatroniClients clients = new PatroniClients();

    @AfterEach
    void close() {
        clients.close();
        patroni.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"CONNECTION_REFUSED", "CONNECTION_HANGS"})
    void memberThatTakesNoConnectionIsUnreachable(Trouble trouble) {
        patroni.member("orders-0").trouble(trouble);

        var answer =
                clients.hasty().switchover(patroni.address("orders-0"), SwitchoverRequest.now("orders-0", "orders-1"));

        assertThat(answer)
                .isInstanceOfSatisfying(Answer.Unreachable.class, unreachable -> assertThat(unreachable.reason())
                        .startsWith("orders-0 (http://127.0.0.1:")
                        .contains(") cannot be reached: "));
        assertThat(patroni.leader()).isEqualTo("orders-0");
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"NO_ANSWER", "SLOW_DRIP", "HALF_ANSWER", "CLOSED_WITHOUT_ANSWER", "ENDLESS_ANSWER"})
    void effectWithoutAWholeAnswerIsUnclearAndNotDenied(Trouble trouble) {
        patroni.member("orders-0").trouble(trouble);
        var answer =
                clients.hasty().switchover(patroni.address("orders-0"), SwitchoverRequest.now("orders-0", "orders-1"));
        assertThat(answer).isInstanceOf(Answer.Unclear.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"GARBAGE", "OTHER_JSON", "EMPTY_ANSWER"})
    void answerThatCannotBeReadIsUnclearForEveryRead(Trouble trouble) {
        var member = patroni.member("orders-0").trouble(trouble).address();

        assertThat(clients.patient().cluster(member)).isInstanceOf(Answer.Unclear.class);
        assertThat(clients.patient().status(member)).isInstanceOf(Answer.Unclear.class);
        assertThat(clients.patient().config(member)).isInstanceOf(Answer.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, 500, Traceback (most recent call last): boom",
        "ERROR_PAGE, 502, Bad Gateway",
        "REDIRECT, 302, Found",
        "UNAUTHORIZED, 401, no auth header received",
        "NOT_ON_ALLOW_LIST, 403, Access is denied"
    })
    void answerThatDeclinesKeepsStatusAndWords(Trouble trouble, int status, String text) {
        var member = patroni.member("orders-0").trouble(trouble).address();

        assertThat(clients.patient().cluster(member)).isEqualTo(new Answer.Refused<>(status, text));
        assertThat(clients.patient().restart(member, RestartRequest.IF_PENDING)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void unknownIsNotNo() {
        patroni.member("orders-0").trouble(Trouble.NO_ANSWER);
        assertThat(clients.hasty().cluster(patroni.address("orders-0")).known().isUnknown())
                .isTrue();
    }

    @Test
    void otherMembersAnswerWhileOneHangs() {
        patroni.member("orders-0").trouble(Trouble.NO_ANSWER);
        clients.hasty().cluster(patroni.address("orders-0"));
        assertThat(clients.patient().cluster(patroni.address("orders-1"))).isInstanceOf(Answer.Reached.class);
    }

    @Test
    void switchoverMovesTheLeadership() {
        var outcome = clients.patient()
                .switchover(patroni.address("orders-2"), SwitchoverRequest.now("orders-0", "orders-1"));

        assertThat(outcome)
                .isEqualTo(new Answer.Reached<>(
                        new SwitchoverOutcome.Completed("Successfully switched over to \"orders-1\"")));
        assertThat(patroni.leader()).isEqualTo("orders-1");
    }

    @Test
    void lateSwitchoverDoesNoHarm() {
        var request = SwitchoverRequest.now("orders-0", "orders-1");
        clients.patient().switchover(patroni.address("orders-0"), request);

        var again = clients.patient().switchover(patroni.address("orders-0"), request);

        assertThat(again)
                .isEqualTo(new Answer.Reached<>(new SwitchoverOutcome.NotPossible("leader name does not match")));
        assertThat(patroni.leader()).isEqualTo("orders-1");
    }

    @Test
    void restartThatIsNotBoundToPendingSettingsDoesNotMentionThem() {
        clients.patient()
                .restart(patroni.address("orders-1"), new RestartRequest(false, Optional.empty(), Optional.empty()));
        // Patroni takes the mere presence of the key as yes
        assertThat(patroni.effects()).singleElement().satisfies(request -> assertThat(request.body())
                .doesNotContain("restart_pending"));
    }

    @Test
    void pendingRestartIsToldWithItsSettingsAndGoneAfterwards() {
        patroni.member("orders-1").pendingRestart("max_connections", "100", "200");
        var client = clients.patient();
        var pending = PatroniContract.reached(client.status(patroni.address("orders-1")))
                .pendingRestart();

        assertThat(pending.isPending()).isTrue();
        assertThat(pending.settings().get("max_connections").after()).isEqualTo("200");

        client.restart(patroni.address("orders-1"), RestartRequest.IF_PENDING);
        assertThat(PatroniContract.reached(client.status(patroni.address("orders-1")))
                        .pendingRestart()
                        .isPending())
                .isFalse();
    }

    @Test
    void configOfAClusterThatIsNotInitialisedIsRefusedAndNotEmpty() {
        patroni.config(Map.of());
        assertThat(clients.patient().config(patroni.address("orders-0")))
                .isEqualTo(new Answer.Refused<>(502, "Bad Gateway"));
    }

    @Test
    void passwordIsSentAndNeverPrinted() {
        patroni.member("orders-0").wantsPassword("operator", "s3cret");
        var settings = new ConnectionSettings(
                ConnectionSettings.DEFAULT.connectWithin(),
                ConnectionSettings.DEFAULT.answerWithin(),
                Optional.of(new Credentials("operator", "s3cret")),
                Optional.empty());

        assertThat(clients.with(settings).reload(patroni.address("orders-0"))).isInstanceOf(Answer.Reached.class);
        assertThat(clients.patient().reload(patroni.address("orders-0")))
                .isEqualTo(new Answer.Refused<>(401, "no auth header received"));
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void selfSignedCertificateIsTakenUnlessAnAuthorityIsNamed(@TempDir Path directory) throws Exception {
        var own = SelfSigned.in(directory, "orders");
        var other = SelfSigned.in(directory, "stranger");
        try (var tls = FakePatroni.tlsCluster("orders", 1, own)) {
            var member = tls.address("orders-0");

            assertThat(clients.patient().cluster(member)).isInstanceOf(Answer.Reached.class);
            assertThat(clients.with(trusting(own)).cluster(member)).isInstanceOf(Answer.Reached.class);
            assertThat(clients.with(trusting(other)).cluster(member)).isInstanceOf(Answer.Unreachable.class);
        }
    }

    @Test
    void listenerIsToldOfEveryCallHoweverItEnds() {
        patroni.member("orders-1").trouble(Trouble.CONNECTION_REFUSED);
        clients.patient().cluster(patroni.address("orders-0"));
        clients.patient().status(patroni.address("orders-1"));

        assertThat(clients.endedCalls())
                .extracting(PatroniClients.EndedCall::call)
                .containsExactly(Call.CLUSTER, Call.STATUS);
        assertThat(clients.endedCalls().get(1).answer()).isInstanceOf(Answer.Unreachable.class);
    }

    private static ConnectionSettings trusting(SelfSigned certificate) {
        return new ConnectionSettings(
                ConnectionSettings.DEFAULT.connectWithin(),
                ConnectionSettings.DEFAULT.answerWithin(),
                Optional.empty(),
                Optional.of(certificate.pem()));
    }
}
