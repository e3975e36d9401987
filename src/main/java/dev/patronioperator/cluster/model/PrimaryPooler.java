package dev.patronioperator.cluster.model;

import java.util.Map;
import java.util.Optional;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.PoolerChoice;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.settings.Settings;

/**
 * The connection pooler in front of the primary, as far as the cluster has to do with it.
 *
 * @param name of its Deployment and Service
 * @param selector the labels of its pods
 * @param user who administers it: the role it logs in as
 * @param credentials the Secret with that role's password
 * @param service the primary's Service, which its server connections go to
 * @param pausable whether its clients can be kept waiting: with a server connection for each session, pausing would wait for every
 *     client to leave
 */
public record PrimaryPooler(
        String name,
        Map<String, String> selector,
        String user,
        ObjectRef credentials,
        ObjectRef service,
        boolean pausable) {

    public PrimaryPooler {
        selector = Map.copyOf(selector);
    }

    static Optional<PrimaryPooler> of(
            PostgresqlSpec spec, Settings settings, Identity identity, Credentials credentials) {
        if (!PoolerChoice.wanted(spec, MemberRole.PRIMARY)) {
            return Optional.empty();
        }
        var user = PoolerChoice.user(spec, settings);
        return Optional.of(new PrimaryPooler(
                identity.names().pooler(MemberRole.PRIMARY),
                identity.labels().poolerSelector(MemberRole.PRIMARY),
                user,
                new ObjectRef("v1", "Secret", identity.namespace(), credentials.secretName(identity.name(), user)),
                new ObjectRef(
                        "v1", "Service", identity.namespace(), identity.names().service(MemberRole.PRIMARY)),
                "transaction".equals(PoolerChoice.mode(spec, settings))));
    }
}
