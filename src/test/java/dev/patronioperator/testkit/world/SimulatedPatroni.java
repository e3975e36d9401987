package dev.patronioperator.testkit.world;

import java.util.Map;
import java.util.Optional;

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

/** The REST API of the world's members: switches over as asked, and refuses as Patroni does. */
public final class SimulatedPatroni implements PatroniClient {

    private final World world;

    SimulatedPatroni(World world) {
        this.world = world;
    }

    @Override
    public Answer<SwitchoverOutcome> switchover(MemberAddress member, SwitchoverRequest request) {
        var candidate = request.candidate().orElseThrow();
        if (world.leader.filter(request.leader()::equals).isEmpty()) {
            return new Answer.Reached<>(new SwitchoverOutcome.NotPossible("leader name does not match"));
        }
        if (world.refusesSwitchovers) {
            return new Answer.Reached<>(new SwitchoverOutcome.NotPossible("no good candidates have been found"));
        }
        if (world.pod(candidate).isEmpty()) {
            return new Answer.Reached<>(new SwitchoverOutcome.NotPossible("candidate does not exist"));
        }
        world.promote(candidate);
        world.effect("switchover " + request.leader() + " -> " + candidate);
        return new Answer.Reached<>(new SwitchoverOutcome.Completed("Switched over to " + candidate));
    }

    @Override
    public Answer<RestartOutcome> restart(MemberAddress member, RestartRequest request) {
        if (!world.restart(member.member())) {
            return new Answer.Reached<>(new RestartOutcome.NotDone("restart conditions are not satisfied"));
        }
        world.effect("restart " + member.member());
        return new Answer.Reached<>(new RestartOutcome.Completed("restarted"));
    }

    @Override
    public Answer<DynamicConfig> patchConfig(MemberAddress member, Map<String, ?> patch) {
        var config = new DynamicConfig(Map.copyOf(patch));
        Optional.ofNullable(config.parameters().get(SimulatedParameters.NAME))
                .map(Integer::parseInt)
                .ifPresent(world::configure);
        world.effect("patch " + patch.keySet());
        return new Answer.Reached<>(config);
    }

    @Override
    public Answer<Topology> cluster(MemberAddress member) {
        return notAsked();
    }

    @Override
    public Answer<MemberStatus> status(MemberAddress member) {
        return new Answer.Reached<>(world.memberStatus(member.member()));
    }

    @Override
    public Answer<DynamicConfig> config(MemberAddress member) {
        return notAsked();
    }

    @Override
    public Answer<String> cancelSwitchover(MemberAddress member) {
        return notAsked();
    }

    @Override
    public Answer<String> cancelRestart(MemberAddress member) {
        return notAsked();
    }

    @Override
    public Answer<String> reload(MemberAddress member) {
        return notAsked();
    }

    @Override
    public Answer<String> reinitialize(MemberAddress member, boolean force) {
        return notAsked();
    }

    /** The planner goes by what is in the caches; a call that it has no need of is a mistake that a test shall show. */
    private static <T> T notAsked() {
        throw new UnsupportedOperationException("the world expects no such call");
    }
}
