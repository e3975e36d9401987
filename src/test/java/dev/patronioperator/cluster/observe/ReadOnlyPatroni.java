package dev.patronioperator.cluster.observe;

import java.util.Map;
import java.util.function.Function;

import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.patroni.model.MemberStatus;
import dev.patronioperator.patroni.model.RestartOutcome;
import dev.patronioperator.patroni.model.RestartRequest;
import dev.patronioperator.patroni.model.SwitchoverOutcome;
import dev.patronioperator.patroni.model.SwitchoverRequest;
import dev.patronioperator.patroni.model.Topology;

/**
 * A client that fails a test which changes something, and that finds members by their names: in tests they are not on Patroni's usual port.
 *
 * @param whereabouts where the member of a name listens
 */
record ReadOnlyPatroni(PatroniClient client, Function<String, MemberAddress> whereabouts) implements PatroniClient {

    @Override
    public Answer<Topology> cluster(MemberAddress member) {
        return client.cluster(whereabouts.apply(member.member()));
    }

    @Override
    public Answer<MemberStatus> status(MemberAddress member) {
        return client.status(whereabouts.apply(member.member()));
    }

    @Override
    public Answer<DynamicConfig> config(MemberAddress member) {
        return client.config(whereabouts.apply(member.member()));
    }

    @Override
    public Answer<DynamicConfig> patchConfig(MemberAddress member, Map<String, ?> patch) {
        throw new AssertionError("an observer changes the configuration");
    }

    @Override
    public Answer<SwitchoverOutcome> switchover(MemberAddress member, SwitchoverRequest request) {
        throw new AssertionError("an observer switches over");
    }

    @Override
    public Answer<String> cancelSwitchover(MemberAddress member) {
        throw new AssertionError("an observer cancels a switchover");
    }

    @Override
    public Answer<RestartOutcome> restart(MemberAddress member, RestartRequest request) {
        throw new AssertionError("an observer restarts");
    }

    @Override
    public Answer<String> cancelRestart(MemberAddress member) {
        throw new AssertionError("an observer cancels a restart");
    }

    @Override
    public Answer<String> reload(MemberAddress member) {
        throw new AssertionError("an observer reloads");
    }

    @Override
    public Answer<String> reinitialize(MemberAddress member, boolean force) {
        throw new AssertionError("an observer reinitializes");
    }
}
