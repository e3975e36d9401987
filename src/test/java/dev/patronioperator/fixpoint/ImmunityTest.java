package dev.patronioperator.fixpoint;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenCases;
import dev.patronioperator.testkit.server.StoredObject;

import static org.assertj.core.api.Assertions.assertThat;

/** What others add to our objects is theirs, and no reason to write. */
class ImmunityTest {

    private static final ObjectTrees TREES = new ObjectTrees(new ObjectMapper());

    static Stream<GoldenCase> cases() {
        return GoldenCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatTheApiServerFillsInIsNoDifference(GoldenCase golden) {
        assertThat(objects(golden)).allSatisfy(object -> assertThat(differences(object, StoredObject.applied(object)))
                .as(object.getKind())
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatAWebhookMakesOfOurRequestIsNoDifference(GoldenCase golden) {
        assertThat(objects(golden))
                .allSatisfy(object -> assertThat(differences(object, StoredObject.admitted(object, Others::mesh)))
                        .as(object.getKind())
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatOthersAddAndReorderIsNoDifference(GoldenCase golden) {
        assertThat(objects(golden)).allSatisfy(object -> {
            var stored = StoredObject.applied(object).updated("argocd-controller", tree -> {
                Others.busybodies(tree);
                Others.shuffle(tree);
            });
            assertThat(differences(object, stored)).as(object.getKind()).isEmpty();
        });
    }

    private static List<HasMetadata> objects(GoldenCase golden) {
        return WrittenObjects.of(golden).stream()
                .flatMap(written -> written.all().stream())
                .toList();
    }

    private static List<FieldDifference> differences(HasMetadata wanted, StoredObject stored) {
        return TREES.differences(wanted, stored.read());
    }
}
