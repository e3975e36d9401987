package dev.patronioperator.cluster.validate;

import java.util.List;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

class SpecChecksTest {

    static List<ManifestCase> bad() {
        return ManifestCase.of("bad-manifests.yaml");
    }

    static List<ManifestCase> odd() {
        return ManifestCase.of("odd-manifests.yaml");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void tellsEveryProblemOfABadManifest(ManifestCase bad) {
        var problems = SpecChecks.check(bad.cluster(), bad.settings());

        assertThat(problems)
                .extracting(SpecProblem::field)
                .containsExactlyInAnyOrderElementsOf(bad.problems().keySet());
        assertThat(problems).allSatisfy(problem -> assertThat(problem.explanation())
                .contains(bad.problems().get(problem.field())));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void acceptsWhatLooksOddAndIsRight(ManifestCase odd) {
        assertThat(SpecChecks.check(odd.cluster(), odd.settings())).isEmpty();
    }

    @Test
    void noProblemShowsTheValueOfAVariable() {
        assertThat(bad().stream().flatMap(bad -> SpecChecks.check(bad.cluster(), bad.settings()).stream()))
                .map(SpecProblem::toString)
                .noneMatch(line -> line.contains("secret\""));
    }

    @Test
    void aClusterThatRunsIsNotGivenUpBecauseOfWhereItCameFrom() {
        var running = new KubernetesSerialization()
                .unmarshal(
                        """
                metadata: {name: acid-test}
                spec:
                  teamId: acid
                  numberOfInstances: 1
                  postgresql: {version: "17"}
                  volume: {size: 1Gi}
                  clone: {cluster: Not_A_Name}
                  standby: {standby_host: db.example.com}
                status: {PostgresClusterStatus: Running}
                """,
                        Postgresql.class);

        assertThat(SpecChecks.check(running, Settings.defaults())).isEmpty();
    }

    @Test
    void aVolumeThatTheZalandoOperatorLeftOutStopsNoClusterThatRuns() {
        var running = new KubernetesSerialization()
                .unmarshal(
                        """
                metadata: {name: acid-test}
                spec:
                  teamId: acid
                  numberOfInstances: 1
                  postgresql: {version: "17"}
                  volume: {size: 1Gi}
                  additionalVolumes:
                  - {name: first, mountPath: /opt/x, volumeSource: {emptyDir: {}}}
                  - {name: second, mountPath: /opt/x, volumeSource: {emptyDir: {}}}
                status: {PostgresClusterStatus: Running}
                """,
                        Postgresql.class);

        assertThat(SpecChecks.check(running, Settings.defaults())).isEmpty();
    }

    @Test
    void aManifestWithoutSpecHasOneProblem() {
        assertThat(SpecChecks.check(new Postgresql(), Settings.defaults()))
                .map(SpecProblem::toString)
                .containsExactly("spec: is missing: the manifest of the cluster");
    }

    @Test
    void aProblemIsOneLineThatNamesFieldValueAndWhatIsAllowed() {
        assertThat(new SpecProblem("spec.volume.size", "x".repeat(100), "is no quantity"))
                .hasToString("spec.volume.size: \"" + "x".repeat(80) + "…\" is no quantity");
    }
}
