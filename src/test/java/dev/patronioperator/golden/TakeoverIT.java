package dev.patronioperator.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.golden.TakeoverRun.Outcome;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.AuditLog;
import dev.patronioperator.testkit.GeneratedFile;
import dev.patronioperator.testkit.NewestVersion;
import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenCases;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged operator takes over, with the same configuration, what the peer made of each case, and gives it back: nobody notices. */
@Tag("apiserver")
class TakeoverIT {

    private static final List<String> WORDS_OF_ERROR = List.of("CreateFailed", "UpdateFailed", "SyncFailed", "Invalid");

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @TestFactory
    Stream<DynamicTest> cases() {
        var last = GoldenCases.all().stream()
                .flatMap(golden -> golden.afterUpdate().stream())
                .map(golden -> golden.movedTo(namespace -> namespace + "-after"));
        var left = Stream.concat(GoldenCases.all().stream(), last).toList();
        return new TakeoverRun(kubernetes)
                .run(left).entrySet().stream().flatMap(entry -> tests(entry.getKey(), entry.getValue()));
    }

    private static Stream<DynamicTest> tests(GoldenCase golden, Outcome outcome) {
        var tests = new ArrayList<DynamicTest>();
        tests.add(DynamicTest.dynamicTest(golden.name(), () -> nobodyNotices(golden, outcome)));
        var file = "src/test/resources/golden/deferred/" + golden.name() + ".txt";
        var deferred = deferred(outcome);
        if (!GoldenCases.isFromElsewhere(golden) && (!deferred.isEmpty() || Files.exists(Path.of(file)))) {
            tests.add(DynamicTest.dynamicTest(
                    golden.name() + ": what is left for later, and why",
                    () -> GeneratedFile.of(file).holds(deferred)));
        }
        return tests.stream();
    }

    private static String deferred(Outcome outcome) {
        return outcome.clusters().stream()
                .sorted(Comparator.comparing(cluster -> cluster.getMetadata().getName()))
                .flatMap(cluster -> Optional.ofNullable(cluster.getStatus())
                        .flatMap(status -> Optional.ofNullable(status.plan()))
                        .flatMap(plan -> Optional.ofNullable(plan.deferred()))
                        .stream()
                        .flatMap(List::stream)
                        .map(line -> cluster.getMetadata().getName() + ": " + line + "\n"))
                .collect(Collectors.joining());
    }

    private static void nobodyNotices(GoldenCase golden, Outcome outcome) {
        assertThat(outcome.touched()).as("what of the peer's is touched").isEmpty();
        assertThat(outcome.calls()).as("restarts and switchovers").noneMatch(call -> call.what()
                .startsWith("POST"));
        var runs = golden.status().filter("Running"::equals).isPresent();
        // What the peer could not make either is still on its way, and its status says how far.
        assertThat(outcome.again())
                .as("what a second look writes")
                .noneMatch(request -> runs || !request.uri().contains("/status"));
        assertThat(outcome.released()).as("what giving back touches").isEmpty();
        if (runs) {
            assertThat(outcome.unsettled()).isEmpty();
            assertThat(outcome.clusters()).isNotEmpty().allSatisfy(cluster -> assertThat(
                            cluster.getStatus().postgresClusterStatus())
                    .isNotIn(WORDS_OF_ERROR));
        }
    }

    /** A peer that was stopped before it made this pod anew. */
    @Test
    void theCheckSaysWhatBecomesOfAPodThatThePeerHadFlaggedAndTheTakeoverLeavesIt() {
        var namespace = kubernetes.namespace();
        var golden = minimalIn(namespace);
        var client = kubernetes.client();
        kubernetes.clusters().play();
        try (var peer = new PeerInstallation(client)) {
            peer.load(golden, Map.of());
            peer.awaitRunning(List.of(golden));
        }
        NewestVersion.edit(client.pods().inNamespace(namespace).withName("acid-minimal-1"), pod -> {
            pod.getMetadata().getAnnotations().put(Annotations.ROLLING_UPDATE_REQUIRED, "true");
            return pod;
        });
        var before = PeersObjects.of(client);
        var operator = new ConfiguredOperator(kubernetes);

        var check = AdoptCheck.run(kubernetes, operator.prepare(golden.first().configuration()));

        assertThat(check.requests())
                .isNotEmpty()
                .noneMatch(AuditLog.Request::isWrite)
                .as("what the role of the sample lacks")
                .noneMatch(request -> request.status() == 403);
        var planned = StreamSupport.stream(check.report().path("clusters").spliterator(), false)
                .filter(cluster -> cluster.path("namespace").asText().equals(namespace))
                .toList();
        assertThat(planned).singleElement().satisfies(cluster -> {
            assertThat(cluster.path("verdict").asText()).as(cluster.toString()).isEqualTo("SAFE");
            assertThat(cluster.toString()).contains("Recreate Pod acid-minimal-1");
        });
        assertThat(before.touchedUntil(PeersObjects.of(client), golden)).isEmpty();

        operator.configure(golden.first().configuration());

        var cluster = client.resources(Postgresql.class).inNamespace(namespace).withName("acid-minimal");
        var plan = Awaitility.await("the takeover is planned")
                .atMost(Duration.ofMinutes(1))
                .until(() -> cluster.get().getStatus().plan(), Objects::nonNull);
        assertThat(plan.deferred()).anyMatch(line -> line.contains("Recreate Pod acid-minimal-1"));
        assertThat(before.touchedUntil(PeersObjects.of(client), golden)).isEmpty();
    }

    /** The smallest case, beside those that run in the namespaces in which they were recorded. */
    private static GoldenCase minimalIn(String namespace) {
        return GoldenCases.all().stream()
                .filter(golden -> golden.name().equals("001-minimal"))
                .findFirst()
                .orElseThrow()
                .movedTo(recorded -> namespace);
    }
}
