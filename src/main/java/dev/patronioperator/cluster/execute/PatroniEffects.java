package dev.patronioperator.cluster.execute;

import java.time.Duration;
import java.util.function.Function;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.patroni.model.RestartOutcome;
import dev.patronioperator.patroni.model.RestartRequest;
import dev.patronioperator.patroni.model.SwitchoverOutcome;
import dev.patronioperator.patroni.model.SwitchoverRequest;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Step;

/** What is asked of Patroni. An answer that is missing is no failure: whether it happened is observed by the next reconcile. */
final class PatroniEffects {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final PatroniClient client;
    private final ObservedCluster observed;

    PatroniEffects(PatroniClient client, ObservedCluster observed) {
        this.client = client;
        this.observed = observed;
    }

    /** Patroni itself refuses if another one leads by now, so that asking twice does no harm. */
    Outcome switchover(Step.Switchover step) {
        return ask(
                step.from(),
                member -> client.switchover(member, SwitchoverRequest.now(step.from(), step.candidate())),
                answer -> switch (answer) {
                    case SwitchoverOutcome.Completed ignored -> new Outcome.Done();
                    case SwitchoverOutcome.Scheduled(String text) -> new Outcome.Pending(text, SOON);
                    case SwitchoverOutcome.NotPossible(String text) ->
                        new Outcome.Pending("Patroni to switch over: " + text, SOON);
                    case SwitchoverOutcome.Failed(String text) -> new Outcome.Failed(step.text() + " failed: " + text);
                });
    }

    Outcome restart(Step.RestartPostgres step) {
        return ask(
                step.member(), member -> client.restart(member, RestartRequest.IF_PENDING), answer -> switch (answer) {
                    case RestartOutcome.Completed ignored -> new Outcome.Done();
                    case RestartOutcome.Scheduled(String text) -> new Outcome.Pending(text, SOON);
                    case RestartOutcome.NotDone(String text) ->
                        new Outcome.Pending("Patroni to restart: " + text, SOON);
                    case RestartOutcome.AlreadyScheduled(String text) -> new Outcome.Pending(text, SOON);
                });
    }

    /** Any member may be asked; the leader is the one most likely to answer. */
    Outcome patch(Step.PatchDcs step) {
        var asked = observed.leader().or(() -> observed.instances().stream()
                .filter(ObservedInstance::isUp)
                .findFirst());
        return asked.<Outcome>map(member -> ask(
                        member.name(),
                        address -> client.patchConfig(address, step.patch()),
                        (DynamicConfig ignored) -> new Outcome.Done()))
                .orElseGet(() -> new Outcome.Pending("a member to answer", SOON));
    }

    private <T> Outcome ask(String member, Function<MemberAddress, Answer<T>> call, Function<T, Outcome> outcome) {
        var address = observed.instance(member).flatMap(ObservedInstance::address);
        if (address.isEmpty()) {
            return new Outcome.Pending(member + " to have an address", SOON);
        }
        return switch (call.apply(address.get())) {
            case Answer.Reached<T>(T value) -> outcome.apply(value);
            case Answer.Refused<T>(int status, String text) ->
                new Outcome.Failed(member + " answered " + status + ": " + text);
            case Answer.Unreachable<T>(String reason) ->
                new Outcome.Pending("Patroni on " + member + " to answer: " + reason, SOON);
            case Answer.Unclear<T>(String reason) ->
                new Outcome.Pending("the outcome on " + member + " to show: " + reason, SOON);
        };
    }
}
