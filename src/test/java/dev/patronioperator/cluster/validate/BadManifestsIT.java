package dev.patronioperator.cluster.validate;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.DefinitionsInstalled;
import dev.patronioperator.testkit.ApiServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What the definition turns away and what it lets through, asked of a real API server. */
@Tag("apiserver")
class BadManifestsIT {

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @BeforeEach
    void installDefinitions() {
        DefinitionsInstalled.in(kubernetes.client());
    }

    @Test
    void theApiServerTurnsAwayWhatTheDefinitionCanSay() {
        var all = new SoftAssertions();
        ManifestCase.of("bad-manifests.yaml").forEach(bad -> {
            var refusal = refusal(bad.manifest());
            if (bad.refusedBy().equals("schema")) {
                all.assertThat(refusal).as(bad.id()).isPresent();
            } else {
                all.assertThat(refusal).as(bad.id()).isEmpty();
            }
        });
        all.assertAll();
    }

    @Test
    void theApiServerTakesWhatLooksOddAndIsRight() {
        var all = new SoftAssertions();
        ManifestCase.of("odd-manifests.yaml")
                .forEach(odd ->
                        all.assertThat(refusal(odd.manifest())).as(odd.id()).isEmpty());
        all.assertAll();
    }

    @Test
    void aUserWithoutFlagsIsStored() {
        var manifest = ManifestCase.of("odd-manifests.yaml").stream()
                .filter(odd -> odd.id().equals("user-without-flags"))
                .findFirst()
                .orElseThrow()
                .manifest();

        var stored = kubernetes.client().resource(resource(manifest)).create();

        assertThat(stored.<Object>get("spec", "users")).asString().isEqualTo("{app=null}");
    }

    /** The first message of the API server's refusal; empty if it would store the manifest. */
    private Optional<String> refusal(JsonNode manifest) {
        try {
            kubernetes.client().resource(resource(manifest)).dryRun().create();
            return Optional.empty();
        } catch (KubernetesClientException refused) {
            assertThat(refused.getCode()).as(refused.getMessage()).isEqualTo(422);
            return Optional.of(refused.getMessage());
        }
    }

    private GenericKubernetesResource resource(JsonNode manifest) {
        var placed = manifest.<ObjectNode>deepCopy();
        placed.withObject("/metadata").put("namespace", kubernetes.namespace());
        return new KubernetesSerialization().unmarshal(placed.toString(), GenericKubernetesResource.class);
    }
}
