package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.api.FabricEventStreamSpec;
import dev.patronioperator.api.FabricEventStreamSpec.EventStream;
import dev.patronioperator.api.FabricEventStreamSpec.Sink;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.testkit.ReadyMember;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(JSON));
    private final EventStreamPlanner planner = new EventStreamPlanner(new ObjectsPlanner(new ObjectTrees(JSON)));

    private List<String> plan(
            boolean primary, List<FabricEventStream> wanted, Known<List<FabricEventStream>> observed) {
        return planner.plan(wanted, cluster(primary, observed), new Explanation(true, false, false)).stream()
                .map(PlannedStep::step)
                .map(step -> step.text())
                .toList();
    }

    @Test
    void aStreamIsMadeOnceThereIsAPrimary() {
        var wanted = List.of(stream("db-new", "app", "a", "b"));

        assertThat(plan(false, wanted, Known.of(List.of()))).isEmpty();
        assertThat(plan(true, wanted, Known.of(List.of()))).containsExactly("Apply FabricEventStream db-new");
    }

    @Test
    void aStreamThatIsThereUnderAnotherNameStaysWhateverTheOrderOfItsEntries() {
        assertThat(plan(
                        true,
                        List.of(stream("db-new", "app", "a", "b")),
                        Known.of(List.of(stream("db-x7k2q", "app", "b", "a")))))
                .isEmpty();
    }

    @Test
    void aStreamThatDiffersIsChangedUnderTheNameItHas() {
        assertThat(plan(
                        true,
                        List.of(stream("db-new", "app", "a", "c")),
                        Known.of(List.of(stream("db-x7k2q", "app", "b", "a")))))
                .containsExactly("Apply FabricEventStream db-x7k2q");
    }

    @Test
    void aStreamOfAnApplicationThatLeftTheManifestGoes() {
        assertThat(plan(
                        true,
                        List.of(stream("db-new", "app", "a")),
                        Known.of(List.of(stream("db-x7k2q", "app", "a"), stream("db-00000", "former", "a")))))
                .containsExactly("Delete FabricEventStream db-00000");
    }

    @Test
    void nothingIsDoneWhereTheKindIsNotDefinedOrCannotBeRead() {
        assertThat(plan(true, List.of(stream("db-new", "app", "a")), Known.unknown("not defined")))
                .isEmpty();
    }

    private static FabricEventStream stream(String name, String application, String... eventTypes) {
        var stream = new FabricEventStream();
        stream.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName(name)
                .withUid("uid-" + name)
                .build());
        stream.setSpec(new FabricEventStreamSpec(
                application,
                List.of(eventTypes).stream()
                        .map(type -> new EventStream(null, null, new Sink("Nakadi", type, null), null))
                        .toList()));
        return stream;
    }

    private static ObservedCluster cluster(boolean primary, Known<List<FabricEventStream>> streams) {
        Map<String, String> leader =
                primary ? Map.of("leader", "db-0", "ttl", "30", "renewTime", NOW.toString()) : Map.of();
        return new ObservedCluster(
                Map.of(),
                List.of(primary()),
                List.of(),
                streams,
                new Dcs(PATRONI.leader(leader), PATRONI.config(Map.of()), PATRONI.sync(Map.of())),
                NOW);
    }

    private static ObservedInstance primary() {
        return ReadyMember.of("db-0", 0, "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":1}");
    }
}
