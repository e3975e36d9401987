package dev.patronioperator.patroni;

import java.util.Map;

import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.patroni.model.MemberStatus;
import dev.patronioperator.patroni.model.RestartOutcome;
import dev.patronioperator.patroni.model.RestartRequest;
import dev.patronioperator.patroni.model.SwitchoverOutcome;
import dev.patronioperator.patroni.model.SwitchoverRequest;
import dev.patronioperator.patroni.model.Topology;

/**
 * The REST API of Patroni, one call a method.
 *
 * <p>No method throws for remote trouble, none retries (the next reconcile is the retry) and each ends within the deadlines of the
 * client: 2 s to connect, then 5 s for the whole answer. Patroni answers a switchover or a restart only when it is over, which may
 * take longer than that: then the answer is {@link Answer.Unclear} and the outcome has to be observed.
 *
 * <p>Called from worker threads; never from an event loop.
 */
public interface PatroniClient {

    /** {@code GET /cluster}: the members as the DCS knows them. Any member can be asked. */
    Answer<Topology> cluster(MemberAddress member);

    /** {@code GET /patroni}: what the member says of itself. */
    Answer<MemberStatus> status(MemberAddress member);

    /** {@code GET /config}: the dynamic configuration. Refused (502) while the cluster has none, that is before it is initialised. */
    Answer<DynamicConfig> config(MemberAddress member);

    /**
     * {@code PATCH /config}: merges into the dynamic configuration; a null removes a key.
     *
     * @return the configuration after the patch; refused with 409 if another writer came first, with 503 if there is none
     */
    Answer<DynamicConfig> patchConfig(MemberAddress member, Map<String, ?> patch);

    /** {@code POST /switchover}: moves the leadership now or at a given time. Any member can be asked. */
    Answer<SwitchoverOutcome> switchover(MemberAddress member, SwitchoverRequest request);

    /** {@code DELETE /switchover}: forgets the scheduled switchover; refused with 404 if there is none. */
    Answer<String> cancelSwitchover(MemberAddress member);

    /** {@code POST /restart}: restarts PostgreSQL (not Patroni) on this member, now or at a given time. */
    Answer<RestartOutcome> restart(MemberAddress member, RestartRequest request);

    /** {@code DELETE /restart}: forgets the scheduled restart of this member; refused with 404 if there is none. */
    Answer<String> cancelRestart(MemberAddress member);

    /** {@code POST /reload}: reads the local configuration again at the next turn of Patroni's loop. */
    Answer<String> reload(MemberAddress member);

    /**
     * {@code POST /reinitialize}: throws the data of this replica away and copies them anew. Refused with 503 by a leader, in a cluster
     * without a leader, and while something else is in progress.
     *
     * @param force cancel what is in progress
     */
    Answer<String> reinitialize(MemberAddress member, boolean force);
}
