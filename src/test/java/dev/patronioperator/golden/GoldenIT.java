package dev.patronioperator.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.GeneratedFile;
import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenCases;
import dev.patronioperator.testkit.golden.GoldenEffect;
import dev.patronioperator.testkit.golden.TreeDifference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged operator makes of each case what the peer made of it, on a real API server; an update disturbs nobody whom the peer left in peace; and what the
 * command line says before an update stays as it is written down.
 */
@Tag("apiserver")
class GoldenIT {

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    private final AllowedDifferences allowed = new AllowedDifferences(AllowedDifferences.Where.LIVE);

    @TestFactory
    Stream<DynamicTest> cases() {
        var outcomes = new GoldenRun(kubernetes, this::report).run(GoldenCases.all());
        var tests = outcomes.entrySet().stream().flatMap(entry -> tests(entry.getKey(), entry.getValue()));
        return Stream.concat(
                tests, Stream.of(DynamicTest.dynamicTest("nothing is allowed that no case needs", () -> assertThat(
                                allowed.unused(outcomes.keySet()))
                        .isEmpty())));
    }

    private Stream<DynamicTest> tests(GoldenCase golden, GoldenRun.Outcome outcome) {
        var tests = new ArrayList<DynamicTest>();
        tests.add(DynamicTest.dynamicTest(golden.name(), () -> objectsAreThoseOfThePeer(golden, outcome)));
        if (golden.update().isPresent()) {
            tests.add(DynamicTest.dynamicTest(
                    golden.name() + ": disturbs no more than the peer", () -> disturbsNoMore(golden, outcome)));
        }
        if (golden.update().isPresent() && !GoldenCases.isFromElsewhere(golden)) {
            tests.add(DynamicTest.dynamicTest(golden.name() + ": plan", () -> GeneratedFile.of(
                            "src/test/resources/golden/plans/" + golden.name() + ".txt")
                    .holds(outcome.plan())));
        }
        return tests.stream();
    }

    /** A line in {@code target/golden-outcomes.txt}: the run takes minutes, and whoever waits wants to see how far it is. */
    private void report(GoldenCase golden, GoldenRun.Outcome outcome) {
        try {
            Files.writeString(
                    Path.of("target/golden-outcomes.txt"),
                    golden + "\n  " + String.join("\n  ", problems(golden, outcome)) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> problems(GoldenCase golden, GoldenRun.Outcome outcome) {
        return Stream.concat(differences(golden, outcome).stream(), excess(golden, outcome).stream())
                .toList();
    }

    private void objectsAreThoseOfThePeer(GoldenCase golden, GoldenRun.Outcome outcome) {
        if (golden.rejected().isPresent()) {
            assertThat(outcome.rejected()).hasValueSatisfying(said -> assertThat(said)
                    .contains(golden.rejected().get()));
            return;
        }
        assertThat(differences(golden, outcome)).as(golden.about()).isEmpty();
    }

    private List<String> differences(GoldenCase golden, GoldenRun.Outcome outcome) {
        if (golden.rejected().isPresent()) {
            return List.of();
        }
        var differences = new ArrayList<>(differences(golden, golden.first().expected(), outcome.first()));
        golden.update().ifPresent(update -> differences(golden, update.expected(), outcome.after())
                .forEach(difference -> differences.add("after the update: " + difference)));
        outcome.unsettled()
                .filter(why -> golden.status().equals(Optional.of("Running")))
                .ifPresent(why -> differences.add("the operator is not done: " + why));
        outcome.rejected().ifPresent(why -> differences.add("the API server refuses: " + why));
        return differences;
    }

    private List<String> differences(GoldenCase golden, Map<String, JsonNode> expected, Map<String, JsonNode> actual) {
        var keys = new TreeSet<>(expected.keySet());
        keys.addAll(actual.keySet());
        return keys.stream()
                .flatMap(key -> TreeDifference.between(
                                expected.getOrDefault(key, MissingNode.getInstance()),
                                actual.getOrDefault(key, MissingNode.getInstance()))
                        .stream()
                        .filter(difference -> !allowed.covers(golden, key, difference.path()))
                        .map(difference -> key + " " + difference))
                .toList();
    }

    private void disturbsNoMore(GoldenCase golden, GoldenRun.Outcome outcome) {
        assertThat(excess(golden, outcome)).as(golden.about()).isEmpty();
    }

    private List<String> excess(GoldenCase golden, GoldenRun.Outcome outcome) {
        GoldenEffect peer = golden.effect();
        GoldenEffect ours = outcome.effect();
        var more = new ArrayList<String>();
        more.addAll(excess(golden, "recreated", ours.recreated(), peer.recreated()));
        more.addAll(excess(golden, "podsReplaced", ours.podsReplaced(), peer.podsReplaced()));
        more.addAll(excess(golden, "podsRemoved", ours.podsRemoved(), peer.podsRemoved()));
        more.addAll(excess(golden, "restarts", ours.restarts(), peer.restarts()));
        more.addAll(excess(golden, "switchoversFrom", ours.switchoversFrom(), peer.switchoversFrom()));
        return more;
    }

    /** What ours did that the peer did not, or did less often. */
    private List<String> excess(GoldenCase golden, String what, List<String> ours, List<String> peers) {
        var excess = new ArrayList<>(ours);
        peers.forEach(excess::remove);
        return excess.stream()
                .filter(each -> !allowed.covers(golden, "effect", what))
                .map(each -> what + ": " + each)
                .toList();
    }
}
