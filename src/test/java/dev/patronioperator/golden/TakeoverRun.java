package dev.patronioperator.golden;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.core.ConditionTimeoutException;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.AuditLog;
import dev.patronioperator.testkit.FakeCluster;
import dev.patronioperator.testkit.NewestVersion;
import dev.patronioperator.testkit.PatroniCall;
import dev.patronioperator.testkit.golden.GoldenCase;

/**
 * Lets the operator take over what the peer left, cases of one configuration at a time, and give it back. Those of the first configuration it finds when it is
 * started. The others come to it one by one while it runs, as {@code docs/migrating.md} has it: they are marked as another controller's until then.
 */
final class TakeoverRun {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** Not so many that the API server, which shares the machine, keeps the operator waiting. */
    private static final int SIDE_BY_SIDE = 40;

    private static final Duration QUIET = Duration.ofMillis(1500);
    private static final String OUR_FINALIZER = "patroni-operator.dev/cleanup";

    private final ApiServer kubernetes;
    private final KubernetesClient client;
    private final FakeCluster pods;
    private final ConfiguredOperator operator;
    private final PeerInstallation peer;
    private final Map<GoldenCase, Outcome> outcomes = new LinkedHashMap<>();

    /**
     * What came of a case.
     *
     * @param touched what of the peer's was changed by the takeover
     * @param again what was written at the second look
     * @param released what was written or changed after the clusters were released, but for our finalizer
     */
    record Outcome(
            Optional<String> unsettled,
            List<String> touched,
            List<PatroniCall> calls,
            List<Postgresql> clusters,
            List<AuditLog.Request> again,
            List<String> released) {}

    TakeoverRun(ApiServer kubernetes) {
        this.kubernetes = kubernetes;
        this.client = kubernetes.client();
        this.pods = kubernetes.clusters().play();
        this.operator = new ConfiguredOperator(kubernetes);
        this.peer = new PeerInstallation(client);
    }

    Map<GoldenCase, Outcome> run(List<GoldenCase> cases) {
        cases.stream()
                .filter(PeerInstallation::isRunning)
                .collect(Collectors.groupingBy(
                        golden -> golden.first().configuration(), LinkedHashMap::new, Collectors.toList()))
                .forEach((configuration, all) -> {
                    for (var from = 0; from < all.size(); from += SIDE_BY_SIDE) {
                        run(configuration, all.subList(from, Math.min(from + SIDE_BY_SIDE, all.size())));
                    }
                });
        return outcomes;
    }

    private void run(JsonNode configuration, List<GoldenCase> cases) {
        var isFirst = outcomes.isEmpty();
        if (!isFirst) {
            operator.configure(configuration);
        }
        cases.forEach(golden -> peer.load(golden, isFirst ? Map.of() : Map.of(Annotations.CONTROLLER, "the-peer")));
        peer.awaitRunning(cases);
        var before = PeersObjects.of(client);
        var callsBefore = pods.calls().size();
        var began = kubernetes.auditLog();
        if (isFirst) {
            operator.configure(configuration);
        } else {
            cases.forEach(golden -> annotate(golden, Annotations.CONTROLLER, Optional.empty()));
        }
        var unsettled = awaitSettled(cases, began);
        var after = PeersObjects.of(client);
        var calls = pods.calls().subList(callsBefore, pods.calls().size());
        var clusters =
                client.resources(Postgresql.class).inAnyNamespace().list().getItems();

        var again = kubernetes.auditLog();
        cases.forEach(golden -> annotate(golden, "example.com/look", Optional.of("again")));
        awaitSettled(cases, again);
        var rewritten = again.requestsOf(operator.user()).stream()
                .filter(request -> request.isWrite() && !request.isLease())
                .toList();

        var giving = kubernetes.auditLog();
        cases.forEach(golden -> annotate(golden, Annotations.RELEASE, Optional.of("true")));
        giving.awaitQuiet(
                operator.user(), request -> true, () -> !cases.stream().anyMatch(this::isHeld), QUIET, PATIENCE);
        var given = PeersObjects.of(client);
        for (var golden : cases) {
            outcomes.put(
                    golden,
                    new Outcome(
                            Optional.ofNullable(unsettled.get(golden)),
                            before.touchedUntil(after, golden),
                            calls.stream()
                                    .filter(call -> golden.namespaces().contains(call.namespace()))
                                    .toList(),
                            clusters.stream()
                                    .filter(cluster -> golden.namespaces()
                                            .contains(cluster.getMetadata().getNamespace()))
                                    .toList(),
                            rewritten.stream()
                                    .filter(request -> isAbout(golden, request))
                                    .toList(),
                            Stream.concat(
                                            before.touchedUntil(given, golden).stream(),
                                            isHeld(golden) ? Stream.of("our finalizer is still there") : Stream.of())
                                    .toList()));
        }
        cases.forEach(peer::remove);
    }

    private Map<GoldenCase, String> awaitSettled(List<GoldenCase> cases, AuditLog requests) {
        var settled = new Settled(client);
        try {
            requests.awaitQuiet(
                    operator.user(),
                    request -> cases.stream().anyMatch(golden -> isAbout(golden, request)),
                    () -> settled.objections(cases).isEmpty(),
                    QUIET,
                    PATIENCE);
        } catch (ConditionTimeoutException late) {
            // told as the case's own outcome
        }
        return settled.objections(cases);
    }

    private static boolean isAbout(GoldenCase golden, AuditLog.Request request) {
        return golden.namespaces().stream().anyMatch(name -> request.uri().contains("/namespaces/" + name + "/"));
    }

    private void annotate(GoldenCase golden, String annotation, Optional<String> value) {
        clustersOf(golden)
                .forEach(cluster -> NewestVersion.edit(
                        client.resources(Postgresql.class)
                                .inNamespace(cluster.getMetadata().getNamespace())
                                .withName(cluster.getMetadata().getName()),
                        now -> {
                            var annotations = new LinkedHashMap<>(
                                    Optional.ofNullable(now.getMetadata().getAnnotations())
                                            .orElse(Map.of()));
                            value.ifPresentOrElse(
                                    text -> annotations.put(annotation, text), () -> annotations.remove(annotation));
                            now.getMetadata().setAnnotations(annotations);
                            return now;
                        }));
    }

    private boolean isHeld(GoldenCase golden) {
        return clustersOf(golden).stream()
                .anyMatch(cluster -> cluster.getMetadata().getFinalizers().contains(OUR_FINALIZER));
    }

    private List<Postgresql> clustersOf(GoldenCase golden) {
        var clusters = new ArrayList<Postgresql>();
        golden.namespaces()
                .forEach(namespace -> clusters.addAll(client.resources(Postgresql.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems()));
        return clusters;
    }
}
