package dev.patronioperator.golden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.golden.AllowedDifferences.Where;
import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenCases;
import dev.patronioperator.testkit.golden.TreeDifference;

import static org.assertj.core.api.Assertions.assertThat;

/** The same manifest and configuration give the objects that the peer makes: a fleet can be taken over and nothing restarts. */
class GoldenTest {

    static Stream<GoldenCase> cases() {
        return GoldenCases.all().stream().filter(golden -> golden.rejected().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void objectsAreThoseOfThePeer(GoldenCase golden) {
        assertThat(differences(golden, new AllowedDifferences(Where.RENDERED)))
                .as(golden.about())
                .isEmpty();
    }

    @Test
    void nothingIsAllowedThatNoCaseNeeds() {
        var allowed = new AllowedDifferences(Where.RENDERED);
        cases().forEach(golden -> differences(golden, allowed));

        assertThat(allowed.unused(cases().toList())).isEmpty();
    }

    @Test
    void usersAreToldOfEveryDifference() {
        assertThat(Path.of("docs/compatibility.md"))
                .content()
                .contains(AllowedDifferences.ids().stream()
                        .map(id -> "`" + id + "`")
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void renderingTwiceGivesTheSame(GoldenCase golden) {
        assertThat(Rendered.of(golden.first()).toString())
                .isEqualTo(Rendered.of(golden.first()).toString());
    }

    private static List<String> differences(GoldenCase golden, AllowedDifferences allowed) {
        var differences = new ArrayList<>(differences(golden, golden.first(), allowed));
        golden.update().ifPresent(update -> differences.addAll(differences(golden, update, allowed)));
        return differences;
    }

    private static List<String> differences(GoldenCase golden, GoldenCase.State state, AllowedDifferences allowed) {
        var rendered = Rendered.of(state);
        var keys = new TreeSet<>(state.expected().keySet());
        keys.addAll(rendered.keySet());
        var differences = new ArrayList<String>();
        for (var key : keys) {
            TreeDifference.between(
                            state.expected().getOrDefault(key, MissingNode.getInstance()),
                            rendered.getOrDefault(key, MissingNode.getInstance()))
                    .stream()
                    .filter(difference -> !allowed.covers(golden, key, difference.path()))
                    .forEach(difference -> differences.add(key + " " + difference));
        }
        return differences;
    }
}
