package dev.patronioperator.cluster.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.plan.Known;
import dev.patronioperator.testkit.FakePatroni;
import dev.patronioperator.testkit.PatroniClients;
import dev.patronioperator.testkit.Trouble;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster whose DCS is not Kubernetes is seen through the REST API; one that tells by itself is left in peace. */
class SilentMembersTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final PatroniAnnotations ANNOTATIONS = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));
    private static final String TOLD = "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":1}";

    private final FakePatroni patroni = FakePatroni.cluster("orders", 2);
    private final PatroniClients clients = new PatroniClients();
    private final SilentMembers members = new SilentMembers(new ReadOnlyPatroni(clients.patient(), patroni::address));

    @AfterEach
    void stop() {
        patroni.close();
        clients.close();
    }

    @Test
    void membersThatSayNothingAreAsked() {
        patroni.member("orders-1").lag(4096).pendingRestart("max_connections", "100", "200");

        var seen = members.complete(observed(Map.of()));

        assertThat(seen.writablePrimary()).map(ObservedInstance::name).contains("orders-0");
        assertThat(seen.dcs().config().isInitialized()).isTrue();
        assertThat(seen.dcs().config().config().isUnknown()).isFalse();
        assertThat(seen.instance("orders-1")).hasValueSatisfying(replica -> {
            assertThat(replica.isUp()).isTrue();
            assertThat(replica.claimsToBePrimary()).isFalse();
            assertThat(status(replica).pendingRestart().isPending()).isTrue();
        });
        assertThat(position(seen, "orders-0") - position(seen, "orders-1")).isEqualTo(4096);
    }

    @Test
    void membersThatSayHowTheyAreAreNotAsked() {
        members.complete(observed(Map.of("status", TOLD)));

        assertThat(patroni.requests()).isEmpty();
    }

    @Test
    void nothingIsKnownIfTheFirstDoesNotAnswerAndTheOthersAreLeftAlone() {
        patroni.member("orders-0").trouble(Trouble.CONNECTION_REFUSED);

        var seen = members.complete(observed(Map.of()));

        assertThat(seen.leader()).isEmpty();
        assertThat(seen.dcs().config().isInitialized()).isFalse();
        assertThat(patroni.requests()).isEmpty();
    }

    private static long position(ObservedCluster seen, String member) {
        return status(seen.instance(member).orElseThrow()).walLocation().orIfUnknown(0L);
    }

    private static PodStatus status(ObservedInstance instance) {
        return switch (instance.patroni()) {
            case Known.Value<PodStatus>(PodStatus status) -> status;
            case Known.Unknown<PodStatus>(String because) -> throw new AssertionError(because);
        };
    }

    private static ObservedCluster observed(Map<String, String> annotations) {
        return new ObservedCluster(
                Map.of(),
                List.of(instance(0, annotations), instance(1, annotations)),
                List.of(),
                Known.of(List.of()),
                new Dcs(ANNOTATIONS.leader(Map.of()), ANNOTATIONS.config(Map.of()), ANNOTATIONS.sync(Map.of())),
                NOW);
    }

    private static ObservedInstance instance(int ordinal, Map<String, String> annotations) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("orders-" + ordinal)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewStatus()
                .withPodIP("127.0.0.1")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        return new ObservedInstance(pod, ordinal, ANNOTATIONS.podStatus(annotations), Optional.empty());
    }
}
