package dev.patronioperator.cluster.execute;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

import org.jboss.logging.Logger;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.patroni.model.MemberStatus;
import dev.patronioperator.patroni.model.RestartOutcome;
import dev.patronioperator.patroni.model.RestartRequest;
import dev.patronioperator.patroni.model.SwitchoverOutcome;
import dev.patronioperator.patroni.model.SwitchoverRequest;
import dev.patronioperator.patroni.model.WalPosition;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Step;

/** What is asked of Patroni. An answer that is missing is no failure: whether it happened is observed by the next reconcile. */
final class PatroniEffects {

    private static final Logger LOG = Logger.getLogger(PatroniEffects.class);
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final PatroniClient client;
    private final ObservedCluster observed;

    PatroniEffects(PatroniClient client, ObservedCluster observed) {
        this.client = client;
        this.observed = observed;
    }

    /** Patroni itself refuses if another one leads by now, so that asking twice does no harm. */
    Outcome switchover(Step.Switchover step) {
        return ask(
                step,
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
        return step.unlessStartedSince()
                .flatMap(since -> alreadyRestarted(step.member(), since))
                .or(() -> step.onceReplayed().flatMap(primary -> notReplayed(step.member(), primary)))
                .orElseGet(() -> restartNow(step));
    }

    private Outcome restartNow(Step.RestartPostgres step) {
        return ask(
                step,
                step.member(),
                member -> client.restart(member, RestartRequest.IF_PENDING),
                answer -> switch (answer) {
                    case RestartOutcome.Completed ignored -> new Outcome.Done();
                    case RestartOutcome.Scheduled(String text) -> new Outcome.Pending(text, SOON);
                    case RestartOutcome.NotDone(String text) ->
                        new Outcome.Pending("Patroni to restart: " + text, SOON);
                    case RestartOutcome.AlreadyScheduled(String text) -> new Outcome.Pending(text, SOON);
                });
    }

    private Optional<Outcome> alreadyRestarted(String name, Instant since) {
        return switch (status(name)) {
            case Known.Unknown<MemberStatus>(String because) ->
                Optional.of(new Outcome.Pending(name + " to answer: " + because, SOON));
            case Known.Value<MemberStatus>(MemberStatus status)
            when !status.startedAt().map(since::isBefore).orIfUnknown(false) -> Optional.empty();
            case Known.Value<MemberStatus>(MemberStatus status)
            when status.state().isUp() && status.pendingRestart().isPending() -> Optional.of(new Outcome.Unchanged());
            case Known.Value<MemberStatus> ignored ->
                Optional.of(new Outcome.Pending(name + " to tell that it has restarted", SOON));
        };
    }

    private Optional<Outcome> notReplayed(String name, String primary) {
        // The primary is asked first: what it has written by now the other one can have replayed when it is asked.
        var written = position(primary).map(WalPosition::reached);
        var replayed = position(name).map(PatroniEffects::replayed);
        boolean enough =
                written.map(w -> replayed.map(r -> r >= w).orIfUnknown(false)).orIfUnknown(false);
        return enough
                ? Optional.empty()
                : Optional.of(new Outcome.Pending(name + " to replay what " + primary + " has written", AT_ONCE));
    }

    private static long replayed(WalPosition position) {
        return switch (position) {
            case WalPosition.Written(long location) -> location;
            case WalPosition.Replayed replica -> replica.replayed();
        };
    }

    private Known<WalPosition> position(String name) {
        return switch (status(name)) {
            case Known.Unknown<MemberStatus>(String because) -> Known.unknown(because);
            case Known.Value<MemberStatus>(MemberStatus status) -> status.wal();
        };
    }

    private Known<MemberStatus> status(String name) {
        var address = observed.instance(name).flatMap(ObservedInstance::address);
        if (address.isEmpty()) {
            return Known.unknown("it has no address");
        }
        return switch (client.status(address.get())) {
            case Answer.Reached<MemberStatus>(MemberStatus status) -> Known.of(status);
            case Answer.Refused<MemberStatus>(int code, String text) -> Known.unknown(code + ": " + text);
            case Answer.Unreachable<MemberStatus>(String reason) -> Known.unknown(reason);
            case Answer.Unclear<MemberStatus>(String reason) -> Known.unknown(reason);
        };
    }

    /** Any member may be asked; the leader is the one most likely to answer. */
    Outcome patch(Step.PatchDcs step) {
        var asked = observed.leader().or(() -> observed.instances().stream()
                .filter(ObservedInstance::isUp)
                .findFirst());
        return asked.<Outcome>map(member -> ask(
                        step,
                        member.name(),
                        address -> client.patchConfig(address, step.patch()),
                        (DynamicConfig ignored) -> new Outcome.Done()))
                .orElseGet(() -> new Outcome.Pending("a member to answer", SOON));
    }

    private <T> Outcome ask(
            Step what, String member, Function<MemberAddress, Answer<T>> call, Function<T, Outcome> outcome) {
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
            case Answer.Unclear<T>(String reason) -> {
                LOG.infof("%s: asked; how it ends will show (%s)", what.text(), reason);
                yield new Outcome.Pending("the outcome on " + member + " to show: " + reason, SOON);
            }
        };
    }
}
