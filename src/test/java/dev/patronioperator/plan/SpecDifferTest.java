package dev.patronioperator.plan;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpecDifferTest {

    private static Map<String, Object> container(Map<String, Object> fields) {
        var container = new java.util.LinkedHashMap<String, Object>(Map.of("name", "postgres"));
        container.putAll(fields);
        return Map.of("kind", "StatefulSet", "spec", Map.of("containers", List.of(container)));
    }

    private static List<String> differences(Map<String, Object> desired, Map<String, Object> observed) {
        return differences(desired, observed, FieldOwnership.NONE);
    }

    private static List<String> differences(
            Map<String, Object> desired, Map<String, Object> observed, FieldOwnership ownership) {
        return SpecDiffer.differences(desired, observed, ownership).stream()
                .map(FieldDifference::toString)
                .toList();
    }

    private static FieldOwnership ours(Map<?, ?> fields) {
        return new FieldOwnership(List.of(new FieldOwnership.Owner("postgres-operator", true, false, fields)), false);
    }

    @Test
    void namesTheFieldAndBothValues() {
        assertThat(differences(container(Map.of("image", "spilo:2")), container(Map.of("image", "spilo:1"))))
                .containsExactly("spec.containers[postgres].image: spilo:1 -> spilo:2");
    }

    @Test
    void quantitiesAreComparedByAmountAndNotBySpelling() {
        var desired = container(Map.of("resources", Map.of("limits", Map.of("cpu", "1", "memory", "1Gi"))));
        var sameAmounts = container(Map.of("resources", Map.of("limits", Map.of("cpu", "1000m", "memory", "1024Mi"))));
        var less = container(Map.of("resources", Map.of("limits", Map.of("cpu", "1", "memory", "1G"))));

        assertThat(differences(desired, sameAmounts)).isEmpty();
        assertThat(differences(desired, less))
                .containsExactly("spec.containers[postgres].resources.limits.memory: 1G -> 1Gi");
    }

    @Test
    void variablesAreKnownByNameWhateverTheirOrder() {
        var a = Map.of("name", "A", "value", "1");
        var b = Map.of("name", "B", "value", "2");
        var other = Map.of("name", "B", "value", "3");

        assertThat(differences(container(Map.of("env", List.of(a, b))), container(Map.of("env", List.of(b, a)))))
                .isEmpty();
        assertThat(differences(container(Map.of("env", List.of(a, b))), container(Map.of("env", List.of(other, a)))))
                .containsExactly("spec.containers[postgres].env[B].value: 3 -> 2");
    }

    @Test
    void whatOthersAddedIsLeftAlone() {
        var desired = container(Map.of("image", "spilo"));
        var observed = container(Map.of(
                "image",
                "spilo",
                "terminationMessagePath",
                "/dev/termination-log",
                "env",
                List.of(Map.of("name", "X"))));

        assertThat(differences(desired, observed)).isEmpty();
    }

    /** The peer wrote user name and password; we render the name, and generate passwords only for Secrets that we make. */
    @Test
    void passwordThatThePeerWroteIsNeverTakenAway() {
        var desired = Map.<String, Object>of("kind", "Secret", "data", Map.of("username", "cG9zdGdyZXM="));
        var observed = Map.<String, Object>of(
                "kind", "Secret", "data", Map.of("username", "cG9zdGdyZXM=", "password", "c2VjcmV0"));
        var thePeers = ours(Map.of("f:data", Map.of(".", Map.of(), "f:username", Map.of(), "f:password", Map.of())));

        assertThat(differences(desired, observed, thePeers)).isEmpty();
    }

    @Test
    void addressesThatThePeerWroteArePatronisToChange() {
        var desired = Map.<String, Object>of("kind", "Endpoints");
        var observed = Map.<String, Object>of("kind", "Endpoints", "subsets", List.of(Map.of("addresses", List.of())));

        assertThat(differences(desired, observed, ours(Map.of("f:subsets", Map.of()))))
                .isEmpty();
    }

    @Test
    void whatWasOursAndIsNotWantedAnyMoreGoes() {
        var desired = container(Map.of("image", "spilo"));
        var observed = container(Map.of("image", "spilo", "env", List.of(Map.of("name", "X"))));
        var ours = ours(Map.of(
                "f:spec",
                Map.of(
                        "f:containers",
                        Map.of("k:{\"name\":\"postgres\"}", Map.of("f:env", Map.of("k:{\"name\":\"X\"}", Map.of()))))));

        assertThat(differences(desired, observed, ours))
                .containsExactly("spec.containers[postgres].env[X]: {name=X} -> ");
    }

    @Test
    void aDefaultOfTheApiServerIsNotTakenForSomethingWeOnceWanted() {
        var desired = container(Map.of("image", "spilo"));
        var observed = container(Map.of("image", "spilo", "imagePullPolicy", "IfNotPresent", "stdin", true));
        var writtenByUpdate = ours(Map.of(
                "f:spec",
                Map.of(
                        "f:containers",
                        Map.of(
                                "k:{\"name\":\"postgres\"}",
                                Map.of("f:imagePullPolicy", Map.of(), "f:stdin", Map.of())))));

        assertThat(differences(desired, observed, writtenByUpdate))
                .containsExactly("spec.containers[postgres].stdin: true -> ");
    }

    /** The sources of a projected volume mean something only as a whole, so that what is filled in within them counts. */
    @Test
    void theExpiryThatTheApiServerGivesAProjectedTokenIsNoDifference() {
        var desired = projected(Map.of("path", "token"));

        assertThat(differences(desired, projected(Map.of("path", "token", "expirationSeconds", 3600))))
                .isEmpty();
        assertThat(differences(desired, projected(Map.of("path", "token", "expirationSeconds", 600))))
                .isNotEmpty();
    }

    private static Map<String, Object> projected(Map<String, Object> token) {
        return Map.of(
                "spec",
                Map.of(
                        "volumes",
                        List.of(Map.of(
                                "name",
                                "token",
                                "projected",
                                Map.of("sources", List.of(Map.of("serviceAccountToken", token)))))));
    }

    @Test
    void nothingAndEmptyAreTheSame() {
        assertThat(differences(container(Map.of("env", List.of(), "securityContext", Map.of())), container(Map.of())))
                .isEmpty();
    }

    @Test
    void anEmptyDirectoryIsNotNothing() {
        var desired =
                Map.<String, Object>of("spec", Map.of("volumes", List.of(Map.of("name", "run", "emptyDir", Map.of()))));
        var observed = Map.<String, Object>of(
                "spec", Map.of("volumes", List.of(Map.of("name", "run", "hostPath", Map.of("path", "/")))));

        assertThat(differences(desired, observed))
                .as("a volume has one source")
                .containsExactly("spec.volumes[run].emptyDir:  -> {}", "spec.volumes[run].hostPath: {path=/} -> ");
    }

    @Test
    void valuesOfSecretsAreNeverShown() {
        var desired = Map.<String, Object>of("kind", "Secret", "data", Map.of("password", "b2xk"));
        var observed = Map.<String, Object>of("kind", "Secret", "data", Map.of("password", "bmV3"));

        assertThat(differences(desired, observed))
                .containsExactly("data.password: (hidden) -> (hidden)")
                .noneMatch(text -> text.contains("b2xk") || text.contains("bmV3"));
    }

    @Test
    void aPodMayHoldMoreTolerationsThanItsTemplateButNotFewer() {
        var wanted = Map.of("key", "db", "operator", "Exists");
        var added = Map.of("key", "node.kubernetes.io/not-ready", "operator", "Exists");
        var template = Map.<String, Object>of("spec", Map.of("tolerations", List.of(wanted)));

        assertThat(SpecDiffer.missing(template, Map.of("spec", Map.of("tolerations", List.of(added, wanted)))))
                .isEmpty();
        assertThat(SpecDiffer.missing(template, Map.of("spec", Map.of("tolerations", List.of(added)))))
                .hasSize(1);
        assertThat(differences(template, Map.of("spec", Map.of("tolerations", List.of(added, wanted)))))
                .as("on the object that we write, the list is ours alone")
                .hasSize(1);
    }

    /** The API server takes the limit of a pod's container for the request where there is none; in a template it does not. */
    @Test
    void aPodRequestsWhatItsTemplateOnlyLimits() {
        Map<String, Object> template =
                container(Map.of("resources", Map.of("limits", Map.of("hugepages-2Mi", "128Mi"))));
        Map<String, Object> pod = container(Map.of(
                "resources",
                Map.of("requests", Map.of("hugepages-2Mi", "128Mi"), "limits", Map.of("hugepages-2Mi", "128Mi"))));

        assertThat(SpecDiffer.missing(template, pod)).isEmpty();
    }

    @Test
    void labelsOfOthersStayAndOurOwnAreRepaired() {
        var desired = Map.<String, Object>of("metadata", Map.of("labels", Map.of("team", "acid")));
        var observed =
                Map.<String, Object>of("metadata", Map.of("name", "x", "labels", Map.of("team", "b", "argocd", "y")));

        assertThat(differences(desired, observed)).containsExactly("metadata.labels.team: b -> acid");
    }

    @Test
    void observedDocumentsAreNotChanged() {
        var labels = new java.util.HashMap<String, Object>(Map.of("team", "b"));
        var observed = new java.util.HashMap<String, Object>(Map.of("metadata", Map.of("labels", labels), "status", 1));

        differences(Map.of("metadata", Map.of("labels", Map.of("team", "acid"))), observed);

        assertThat(observed).containsKeys("status", "metadata");
        assertThat(labels).containsOnlyKeys("team");
    }

    @Test
    void oneMoreLabelInASelectorSelectsOtherPods() {
        var desired = Map.<String, Object>of("spec", Map.of("selector", Map.of("spilo-role", "master")));
        var observed = Map.<String, Object>of("spec", Map.of("selector", Map.of("spilo-role", "master", "zone", "a")));

        assertThat(differences(desired, observed)).containsExactly("spec.selector.zone: a -> ");
    }

    @Test
    void whatAWebhookMakesOfOurRequestIsNotUndone() {
        var desired = container(Map.of("image", "spilo"));
        var observed = container(Map.of("image", "mirror/spilo"));
        var image = Map.of(
                "f:spec", Map.of("f:containers", Map.of("k:{\"name\":\"postgres\"}", Map.of("f:image", Map.of()))));
        var applied = new FieldOwnership.Owner("patroni-operator", true, true, image);
        var somebody = new FieldOwnership.Owner("kubectl-edit", false, false, image);

        assertThat(differences(desired, observed, new FieldOwnership(List.of(applied), true)))
                .as("we own it still: the value came of our own request")
                .isEmpty();
        assertThat(differences(desired, observed, new FieldOwnership(List.of(applied), false)))
                .as("we want something else than we applied")
                .hasSize(1);
        assertThat(SpecDiffer.differences(desired, observed, new FieldOwnership(List.of(somebody), true)))
                .as("somebody took the field by changing it")
                .singleElement()
                .extracting(FieldDifference::writers)
                .isEqualTo(List.of("kubectl-edit"));
    }

    @Test
    void ofSeveralAlternativesOnlyTheWantedOneStays() {
        var desired = container(Map.of("env", List.of(Map.of("name", "A", "value", "1"))));
        var observed = container(
                Map.of("env", List.of(Map.of("name", "A", "valueFrom", Map.of("fieldRef", Map.of("fieldPath", "x"))))));

        assertThat(differences(desired, observed))
                .containsExactly(
                        "spec.containers[postgres].env[A].value:  -> 1",
                        "spec.containers[postgres].env[A].valueFrom: {fieldRef={fieldPath=x}} -> ");
    }

    @Test
    void flagsThatTheApiServerDoesNotStoreAreNotMissing() {
        var desired = container(Map.of("tty", false, "allowPrivilegeEscalation", false));

        assertThat(differences(desired, container(Map.of())))
                .as("no privilege escalation is something, no terminal is nothing")
                .containsExactly("spec.containers[postgres].allowPrivilegeEscalation:  -> false");
    }
}
