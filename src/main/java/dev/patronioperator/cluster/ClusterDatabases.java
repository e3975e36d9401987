package dev.patronioperator.cluster;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;

import dev.patronioperator.cluster.desired.DesiredDatabases;
import dev.patronioperator.cluster.desired.DesiredStreams;
import dev.patronioperator.cluster.desired.RoleCredentials;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.DatabaseObserver;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedDatabases;
import dev.patronioperator.cluster.observe.PoolerPause;
import dev.patronioperator.cluster.observe.ServerAuthority;
import dev.patronioperator.cluster.planning.DatabasePlanner;
import dev.patronioperator.cluster.planning.PublicationPlanner;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.plan.Known;
import dev.patronioperator.postgres.secrets.PasswordVerifier;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.settings.parameters.DebugParameters;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Looks into the database of a cluster when there is a reason to: something that its roles and databases follow from has changed since
 * they were found to be right, or that was longer ago than {@code resync_period}. A settled cluster costs no session.
 */
@ApplicationScoped
public class ClusterDatabases {

    private static final int PORT = 5432;
    private static final int SALT_BYTES = 16;

    private final DatabaseObserver observer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** When each cluster's database was last found to be right, for the periodic look; begins anew with the operator. */
    private final Map<String, Instant> foundRight = new ConcurrentHashMap<>();

    private final LoginRestorations restorations = new LoginRestorations();

    public ClusterDatabases(DatabaseObserver observer, Clock clock) {
        this.observer = observer;
        this.clock = clock;
    }

    /** Whether anything inside is the operator's to look after. */
    static boolean areOurs(ClusterModel model) {
        return model.settings().get(DebugParameters.ENABLE_DATABASE_ACCESS)
                && model.instances().count() > 0
                && !model.isStandby();
    }

    /** Whether clients wait for the pooler of the primary, which is told to let them go on before anything is looked into. */
    static boolean waitForClients(ClusterModel model, ObservedCluster observed) {
        return model.pooler()
                .flatMap(pooler -> observed.find(pooler.service()))
                .flatMap(PoolerPause::notedOn)
                .filter(pause -> pause.comesFirst(observed.at()))
                .isPresent();
    }

    /** @param foundRightWith what the database was made from when it was last found to be right, as the cluster's status keeps it */
    DatabaseLook look(
            ClusterModel model,
            HumanRoles people,
            ObservedCluster observed,
            Optional<String> foundRightWith,
            ObjectReader reader) {
        if (!areOurs(model)) {
            return new DatabaseLook.NotOurs();
        }
        if (waitForClients(model, observed)) {
            return new DatabaseLook.NotYet("clients of the pooler, who go on first");
        }
        var wanted = DesiredDatabases.of(model, people, observed.objects());
        if (wanted.login().isEmpty()) {
            return new DatabaseLook.NotYet("the superuser's Secret");
        }
        if (PasswordVerifier.parse(wanted.login().get().password()).isPresent()) {
            return new DatabaseLook.TurnedAway(
                    "the Secret of role " + wanted.login().get().user()
                            + " holds a verifier, with which nobody can log in: put the password there");
        }
        var primary = observed.writablePrimary();
        if (primary.isEmpty()) {
            return new DatabaseLook.NotYet("a primary that takes writes");
        }
        var streams = DesiredStreams.of(model);
        var madeFrom = madeFrom(wanted, streams, observed);
        // Whether a login can take over is only known by looking.
        if (foundRightWith.filter(madeFrom::equals).isPresent()
                && wanted.pending().isEmpty()
                && !isDue(model)) {
            return new DatabaseLook.AsBefore(madeFrom);
        }
        var pod = primary.get().pod();
        return switch (ServerAuthority.of(
                pod,
                reader.ofOthers(model.identity().namespace(), model.identity().name()))) {
            case Known.Unknown<Optional<String>>(String because) -> new DatabaseLook.Silent(madeFrom, because);
            case Known.Value<Optional<String>>(Optional<String> authority) ->
                look(
                        model,
                        observed,
                        wanted,
                        streams,
                        madeFrom,
                        server(model, pod, wanted.login().get(), authority));
        };
    }

    private DatabaseLook look(
            ClusterModel model,
            ObservedCluster observed,
            DesiredDatabases wanted,
            DesiredStreams streams,
            String madeFrom,
            SqlServer server) {
        return switch (observer.observe(server, wanted.databases())) {
            case SqlAnswer.Done<ObservedDatabases>(ObservedDatabases found) -> {
                var seen = seen(wanted, found, streams, observed, madeFrom, server);
                if (seen.isRight()) {
                    foundRight.put(key(model), clock.instant());
                    restorations.helped(key(model));
                }
                yield seen;
            }
            case SqlAnswer.Failed<ObservedDatabases>(var failure) -> new DatabaseLook.Refused(failure);
            case SqlAnswer.Unreachable<ObservedDatabases>(String reason, SqlAnswer.Why why) ->
                switch (why) {
                    case PASSWORD_REFUSED ->
                        new DatabaseLook.LockedOut(server, restorations.isDue(key(model), madeFrom, clock.instant()));
                    case TURNED_AWAY -> new DatabaseLook.TurnedAway(reason);
                    case SILENT -> new DatabaseLook.Silent(madeFrom, reason);
                };
        };
    }

    private DatabaseLook.Seen seen(
            DesiredDatabases wanted,
            ObservedDatabases found,
            DesiredStreams streams,
            ObservedCluster observed,
            String madeFrom,
            SqlServer server) {
        var planned = DatabasePlanner.plan(wanted, found, this::salt, clock.instant());
        var published = PublicationPlanner.plan(streams, observed, found, server.user());
        var changes = new ArrayList<>(planned.changes());
        changes.addAll(published.changes());
        var obstacles = new ArrayList<>(planned.obstacles());
        obstacles.addAll(published.obstacles());
        return new DatabaseLook.Seen(
                madeFrom,
                server,
                changes,
                wanted.unknown(),
                planned.ready(),
                planned.taken(),
                planned.removed(),
                planned.removedObjects(),
                published.look(),
                obstacles);
    }

    /** After a start of the operator the status is trusted until a whole period has passed. */
    private boolean isDue(ClusterModel model) {
        var since = foundRight.computeIfAbsent(key(model), key -> clock.instant());
        return since.plus(model.settings().get(GeneralParameters.RESYNC_PERIOD)).isBefore(clock.instant());
    }

    /** The pod itself comes first: a Service may still lead to the primary before it. */
    private static SqlServer server(
            ClusterModel model, Pod pod, RoleCredentials.Login login, Optional<String> authority) {
        var identity = model.identity();
        var service = new Names(identity.name()).service(MemberRole.PRIMARY) + "." + identity.namespace() + ".svc."
                + model.settings().get(KubernetesParameters.CLUSTER_DOMAIN);
        var hosts = new ArrayList<String>();
        Optional.ofNullable(pod.getStatus().getPodIP()).ifPresent(hosts::add);
        hosts.add(service);
        return new SqlServer(hosts, PORT, login.user(), login.password(), authority);
    }

    /**
     * Stands for all that the wanted state follows from. Passwords are represented by the versions of the Secrets that hold them: a digest
     * of a weak password, in a status that many may read, could be guessed at.
     */
    static String madeFrom(DesiredDatabases wanted, DesiredStreams streams, ObservedCluster observed) {
        var secrets = observed.objects().values().stream()
                .filter(Secret.class::isInstance)
                .map(secret -> secret.getMetadata().getUid() + "/"
                        + secret.getMetadata().getResourceVersion())
                .sorted()
                .collect(Collectors.joining(","));
        // What was written last may be lost with a primary: the one that takes over is looked at.
        var timeline = observed.leader()
                .map(leader -> leader.patroni()
                        .flatMap(PodStatus::timeline)
                        .map(String::valueOf)
                        .orIfUnknown(""))
                .orElse("");
        return digest(List.of(
                timeline,
                wanted.roles().toString(),
                wanted.unknown().toString(),
                wanted.replaced().retention().toString(),
                wanted.databases().toString(),
                wanted.former().toString(),
                streams.toString(),
                String.valueOf(observed.eventStreams().isUnknown()),
                secrets));
    }

    private static String digest(List<String> parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                var bytes = part.getBytes(UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private byte[] salt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private static String key(ClusterModel model) {
        return model.identity().namespace() + "/" + model.identity().name();
    }
}
