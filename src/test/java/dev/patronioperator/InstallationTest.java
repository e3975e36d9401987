package dev.patronioperator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.patronioperator.testkit.Manifests;

import static org.assertj.core.api.Assertions.assertThat;

/** The ways to install the operator say the same, and what they say fits together. */
class InstallationTest {

    private static final Path CHART = Path.of("helm");

    @ParameterizedTest
    @CsvSource({
        "patroni-operator, operator-rules.yaml",
        "postgres-pod, postgres-pod-rules.yaml",
        "patroni-operator:users:admin, users-admin-rules.yaml",
        "patroni-operator:users:edit, users-edit-rules.yaml",
        "patroni-operator:users:view, users-view-rules.yaml",
    })
    void chartGrantsWhatTheManifestsGrant(String role, String file) {
        assertThat(permissions(Manifests.documents(CHART.resolve("files").resolve(file))
                        .getFirst()))
                .isEqualTo(permissions(rolesOfManifests().get(role).getRules()));
    }

    /** Otherwise the API server refuses the RoleBinding: nobody may give away more than he has. */
    @Test
    void operatorMayDoWhateverItsPodsMayDo() {
        var operator = permissions(rolesOfManifests().get("patroni-operator").getRules());

        permissions(rolesOfManifests().get("postgres-pod").getRules())
                .forEach((resource, verbs) -> assertThat(operator.getOrDefault(resource, Set.of()))
                        .as("verbs on " + resource)
                        .containsAll(verbs));
    }

    /** Informers list first and then watch: a role that has only one of them starts an operator that waits for ever. */
    @Test
    void operatorMayListWhatItMayWatch() {
        permissions(rolesOfManifests().get("patroni-operator").getRules())
                .forEach((resource, verbs) -> assertThat(verbs.contains("watch"))
                        .as("list and watch of " + resource)
                        .isEqualTo(verbs.contains("list")));
    }

    @Test
    void chartCarriesTheDefinitionsThatTheManifestsInstall() throws IOException {
        for (var definition : definitions(Manifests.INSTALLATION.resolve("crds"))) {
            assertThat(Files.readString(CHART.resolve("crds").resolve(definition)))
                    .isEqualTo(Files.readString(
                            Manifests.INSTALLATION.resolve("crds").resolve(definition)));
        }
        assertThat(definitions(CHART.resolve("crds"))).isEqualTo(definitions(Manifests.INSTALLATION.resolve("crds")));
    }

    @Test
    void operatorsPodKeepsToTheRestrictedSecurityStandard() {
        var pod = deployment().getSpec().getTemplate().getSpec();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers()).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
        });
    }

    @Test
    void chartStartsTheOperatorAsTheManifestsDo() throws IOException {
        var template = Files.readString(CHART.resolve("templates/deployment.yaml"));
        var container =
                deployment().getSpec().getTemplate().getSpec().getContainers().getFirst();

        assertThat(container.getEnv())
                .allSatisfy(variable -> assertThat(template).contains("- name: " + variable.getName()));
        assertThat(container.getArgs())
                .allSatisfy(argument -> assertThat(template).contains("args: [" + argument + "]"));
        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .allSatisfy(probe ->
                        assertThat(template).contains(probe.getHttpGet().getPath()));
    }

    private static Deployment deployment() {
        return Manifests.installation().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, ClusterRole> rolesOfManifests() {
        return Manifests.installation().stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .collect(Collectors.toMap(role -> role.getMetadata().getName(), role -> role));
    }

    private static Map<String, Set<String>> permissions(List<PolicyRule> rules) {
        var permissions = new TreeMap<String, Set<String>>();
        for (var rule : rules) {
            grant(permissions, rule.getApiGroups(), rule.getResources(), rule.getVerbs());
        }
        return permissions;
    }

    private static Map<String, Set<String>> permissions(JsonNode rules) {
        var permissions = new TreeMap<String, Set<String>>();
        for (var rule : rules) {
            grant(permissions, texts(rule.path("apiGroups")), texts(rule.path("resources")), texts(rule.path("verbs")));
        }
        return permissions;
    }

    private static void grant(
            Map<String, Set<String>> permissions, List<String> groups, List<String> resources, List<String> verbs) {
        groups.forEach(group -> resources.forEach(resource -> permissions
                .computeIfAbsent(group + "/" + resource, key -> new TreeSet<>())
                .addAll(verbs)));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> definitions(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".acid.zalan.do.yaml"))
                    .sorted()
                    .toList();
        }
    }
}
