package dev.patronioperator.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.awaitility.core.ConditionTimeoutException;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.AuditLog;
import dev.patronioperator.testkit.FakeCluster;
import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenEffect;
import dev.patronioperator.testkit.golden.LiveObjects;

/**
 * Runs golden cases on a real API server with the packaged operator. Cases of one configuration run side by side; from one configuration to the next the operator
 * follows its OperatorConfiguration.
 */
final class GoldenRun {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** How long the operator has to be silent about the cases: longer than it is between two steps on a busy machine. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    /** Uids, and the name under which an accepted manifest is kept, which is made of one: other ones in each run. */
    private static final Pattern OF_THIS_RUN =
            Pattern.compile("(?<=-spec-)[0-9a-f]{8}(?=-)|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final KubernetesClient client;
    private final ApiServer kubernetes;
    private final FakeCluster pods;
    private final ConfiguredOperator operator;
    private final LiveObjects live;
    private final BiConsumer<GoldenCase, Outcome> told;
    private final Map<GoldenCase, Outcome> outcomes = new LinkedHashMap<>();

    /**
     * What came of a case.
     *
     * @param unsettled why the operator was not done when patience ended
     * @param rejected what the API server said if it refused a manifest
     * @param plan what the command line said of the update before it was made
     */
    record Outcome(
            Optional<String> unsettled,
            Optional<String> rejected,
            Map<String, JsonNode> first,
            Map<String, JsonNode> after,
            GoldenEffect effect,
            String plan) {}

    /** Cases that run at the same time: not so many that the API server, which shares the machine, keeps the operator waiting. */
    private record Batch(JsonNode configuration, JsonNode then, List<GoldenCase> cases) {

        private static final int SIZE = 16;

        boolean takes(GoldenCase golden) {
            return cases.size() < SIZE
                    && configuration.equals(golden.first().configuration())
                    && then.equals(last(golden).configuration())
                    && isRestart(golden) == isRestart(cases.getFirst())
                    && cases.stream()
                            .noneMatch(other -> other.namespaces().stream().anyMatch(golden.namespaces()::contains));
        }
    }

    /**
     * @param told of each case as soon as it is over
     */
    GoldenRun(ApiServer kubernetes, BiConsumer<GoldenCase, Outcome> told) {
        this.kubernetes = kubernetes;
        this.told = told;
        this.client = kubernetes.client();
        this.pods = kubernetes.clusters().play();
        this.operator = new ConfiguredOperator(kubernetes);
        this.live = new LiveObjects(client);
    }

    Map<GoldenCase, Outcome> run(List<GoldenCase> cases) {
        batches(cases).forEach(this::run);
        return outcomes;
    }

    private static List<Batch> batches(List<GoldenCase> cases) {
        var batches = new ArrayList<Batch>();
        for (var golden : cases) {
            batches.stream()
                    .filter(batch -> batch.takes(golden))
                    .findFirst()
                    .ifPresentOrElse(
                            batch -> batch.cases().add(golden),
                            () -> batches.add(new Batch(
                                    golden.first().configuration(),
                                    last(golden).configuration(),
                                    new ArrayList<>(List.of(golden)))));
        }
        return batches;
    }

    private static GoldenCase.State last(GoldenCase golden) {
        return golden.update().orElse(golden.first());
    }

    /** An update that says nothing new means that the operator is restarted. */
    private static boolean isRestart(GoldenCase golden) {
        return golden.update()
                .filter(update -> update.configuration().equals(golden.first().configuration())
                        && update.manifests().equals(golden.first().manifests())
                        && update.existing().equals(golden.first().existing()))
                .isPresent();
    }

    private void run(Batch batch) {
        operator.configure(batch.configuration());
        var began = kubernetes.auditLog();
        var rejected = new HashMap<GoldenCase, String>();
        batch.cases().forEach(golden -> {
            golden.namespaces().forEach(this::createNamespace);
            golden.first().existing().forEach(this::apply);
        });
        batch.cases().forEach(golden -> applyManifests(golden, golden.first(), rejected));
        var unsettled = awaitSettled(batch.cases(), began);
        var first = live.of(batch.cases());
        var updated = batch.cases().stream()
                .filter(golden -> golden.update().isPresent())
                .toList();
        var plans = plans(batch.then(), updated);
        var before = Snapshot.of(client);
        var callsBefore = pods.calls().size();
        var after = Map.<GoldenCase, Map<String, JsonNode>>of();
        if (!updated.isEmpty()) {
            update(batch, updated, rejected, unsettled);
            after = live.of(updated);
        }
        var later = Snapshot.of(client);
        var calls = pods.calls().subList(callsBefore, pods.calls().size());
        for (var golden : batch.cases()) {
            var outcome = new Outcome(
                    Optional.ofNullable(unsettled.get(golden)),
                    Optional.ofNullable(rejected.get(golden)),
                    first.get(golden),
                    after.getOrDefault(golden, Map.of()),
                    before.effectUntil(later, golden, calls),
                    plans.getOrDefault(golden, ""));
            outcomes.put(golden, outcome);
            told.accept(golden, outcome);
        }
        batch.cases().forEach(this::remove);
    }

    private void update(
            Batch batch, List<GoldenCase> cases, Map<GoldenCase, String> rejected, Map<GoldenCase, String> unsettled) {
        var began = kubernetes.auditLog();
        cases.forEach(golden -> golden.update().orElseThrow().existing().forEach(this::apply));
        if (isRestart(cases.getFirst())) {
            operator.restart();
        }
        operator.configure(batch.then());
        cases.forEach(golden -> applyManifests(golden, golden.update().orElseThrow(), rejected));
        unsettled.putAll(awaitSettled(cases, began));
    }

    /** Waits until the operator has done what it wants to do, and tells of the cases of which it has not. */
    private Map<GoldenCase, String> awaitSettled(List<GoldenCase> cases, AuditLog requests) {
        var namespaces = cases.stream()
                .flatMap(golden -> golden.namespaces().stream())
                .map(namespace -> "/namespaces/" + namespace + "/")
                .collect(Collectors.toSet());
        var settled = new Settled(client);
        try {
            requests.awaitQuiet(
                    operator.user(),
                    request -> namespaces.stream().anyMatch(request.uri()::contains),
                    () -> settled.objections(cases).isEmpty(),
                    QUIET,
                    PATIENCE);
        } catch (ConditionTimeoutException late) {
            // told as the case's own outcome
        }
        return new HashMap<>(settled.objections(cases));
    }

    private void applyManifests(GoldenCase golden, GoldenCase.State state, Map<GoldenCase, String> rejected) {
        try {
            state.manifests().forEach(this::apply);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != 422) {
                throw refused;
            }
            rejected.put(golden, refused.getMessage());
        }
    }

    private void createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private void apply(JsonNode object) {
        var resource = client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
        client.resource(resource).fieldManager("owner").forceConflicts().serverSideApply();
    }

    /** What the command line says before anything is done: one text for each case. */
    private Map<GoldenCase, String> plans(JsonNode configuration, List<GoldenCase> cases) {
        if (cases.isEmpty()) {
            return Map.of();
        }
        try {
            var directory = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target/golden-plans").toAbsolutePath()), "batch");
            for (var golden : cases) {
                for (var manifest : last(golden).manifests()) {
                    var file =
                            golden.name() + "." + manifest.at("/metadata/name").asText() + ".yaml";
                    Files.writeString(
                            directory.resolve(file),
                            client.getKubernetesSerialization().asYaml(manifest));
                }
            }
            var printed = paragraphs(OF_THIS_RUN
                    .matcher(operator.plan(configuration, directory.toString()))
                    .replaceAll(found -> found.group().replaceAll("[0-9a-f]", "0")));
            return cases.stream().collect(Collectors.toMap(golden -> golden, golden -> titles(golden)
                    .map(title -> printed.getOrDefault(title, title + " is missing\n"))
                    .collect(Collectors.joining())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> titles(GoldenCase golden) {
        return last(golden).manifests().stream()
                .map(manifest ->
                        "postgresql " + manifest.at("/metadata/namespace").asText() + "/"
                                + manifest.at("/metadata/name").asText());
    }

    private static Map<String, String> paragraphs(String printed) {
        var paragraphs = new HashMap<String, String>();
        for (var paragraph : printed.split("(?m)^(?=postgresql )")) {
            var end = paragraph.indexOf(": ");
            if (end > 0) {
                paragraphs.put(paragraph.substring(0, end), paragraph);
            }
        }
        return paragraphs;
    }

    /** Not waited for: no other case uses these namespaces. */
    private void remove(GoldenCase golden) {
        golden.first().manifests().forEach(manifest -> client.resource(
                        client.getKubernetesSerialization().convertValue(manifest, GenericKubernetesResource.class))
                .delete());
        Set<String> namespaces = new HashSet<>(golden.namespaces());
        namespaces.forEach(namespace -> client.namespaces().withName(namespace).delete());
        Stream.concat(golden.first().existing().stream(), last(golden).existing().stream())
                .filter(object -> object.at("/metadata/namespace").isMissingNode())
                .forEach(object -> client.resource(client.getKubernetesSerialization()
                                .convertValue(object, GenericKubernetesResource.class))
                        .delete());
    }
}
