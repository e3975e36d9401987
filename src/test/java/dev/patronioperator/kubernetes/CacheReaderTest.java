package dev.patronioperator.kubernetes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The watch may be behind our own writes. What a look plans from must not be. */
class CacheReaderTest {

    private static final String CLUSTER_LABEL = "cluster-name";
    private static final Map<String, String> LABELS = Map.of(CLUSTER_LABEL, "acid-minimal");

    private final LateCache pods = new LateCache();
    private final CacheReader reader =
            new CacheReader(Map.of(Pod.class, pods), CLUSTER_LABEL, Map.of(), Map.of(), null, null);

    @Test
    void aListHasWhatWasWrittenBeforeTheWatchBringsIt() {
        pods.brought(pod("acid-minimal-0", Map.of("old", "1")));
        pods.brought(pod("acid-minimal-1", Map.of("old", "1")));
        pods.written(pod("acid-minimal-1", Map.of("new", "2")));

        assertThat(listed(LABELS)).containsExactlyInAnyOrder(Map.of("old", "1"), Map.of("new", "2"));
        assertThat(listed(Map.of())).containsExactlyInAnyOrder(Map.of("old", "1"), Map.of("new", "2"));
    }

    @Test
    void aListHasWhatWasMadeBeforeTheWatchBringsIt() {
        pods.brought(pod("acid-minimal-0", Map.of("old", "1")));
        pods.made(pod("acid-minimal-1", Map.of("new", "2")));

        assertThat(listed(LABELS)).containsOnly(Map.of("old", "1"), Map.of("new", "2"));
        assertThat(listed(Map.of())).containsOnly(Map.of("old", "1"), Map.of("new", "2"));

        pods.brought(pod("acid-minimal-1", Map.of("new", "2")));

        assertThat(listed(LABELS)).containsExactlyInAnyOrder(Map.of("old", "1"), Map.of("new", "2"));
    }

    @Test
    void whatWasMadeForAnotherClusterIsNotListed() {
        pods.made(new PodBuilder(pod("acid-other-0", Map.of()))
                .editMetadata()
                .addToLabels(CLUSTER_LABEL, "acid-other")
                .endMetadata()
                .build());

        assertThat(listed(LABELS)).isEmpty();
    }

    @Test
    void whatIsGoneMeanwhileIsNotListed() {
        pods.brought(pod("acid-minimal-0", Map.of("stays", "1")));
        pods.brought(pod("acid-minimal-1", Map.of("old", "1")));
        pods.gone("acid-minimal-1");

        assertThat(listed(LABELS)).containsExactly(Map.of("stays", "1"));
    }

    @Test
    void whatHasLostItsLabelsInOurWriteIsNoLongerListed() {
        pods.brought(pod("acid-minimal-0", Map.of()));
        pods.written(new PodBuilder(pod("acid-minimal-0", Map.of()))
                .editMetadata()
                .withLabels(Map.of())
                .endMetadata()
                .build());

        assertThat(listed(LABELS)).isEmpty();
    }

    private List<Map<String, String>> listed(Map<String, String> labels) {
        var listed = reader.list(Pod.class, "default", labels);
        assertThat(listed.isUnknown()).as("what there is, is known").isFalse();
        return listed.orIfUnknown(List.of()).stream()
                .map(pod -> pod.getMetadata().getAnnotations())
                .toList();
    }

    private static Pod pod(String name, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withLabels(LABELS)
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }

    /** As the framework's caches are: an own write is in {@code get} at once, in lists when the watch has brought it. */
    private static final class LateCache implements OwnWrites<Pod> {

        private final Map<String, Pod> brought = new HashMap<>();
        private final Map<String, Pod> latest = new HashMap<>();
        private final Set<ResourceID> made = new HashSet<>();

        void brought(Pod pod) {
            brought.put(pod.getMetadata().getName(), pod);
            written(pod);
        }

        void made(Pod pod) {
            written(pod);
            made.add(ResourceID.fromResource(pod));
        }

        void written(Pod pod) {
            latest.put(pod.getMetadata().getName(), pod);
        }

        void gone(String name) {
            latest.remove(name);
        }

        @Override
        public Stream<ResourceID> written(String namespace) {
            return made.stream();
        }

        @Override
        public List<Pod> byIndex(String indexName, String indexKey) {
            return indexName.equals(CacheReader.BY_CLUSTER) && indexKey.equals("default/acid-minimal")
                    ? List.copyOf(brought.values())
                    : List.of();
        }

        @Override
        public Optional<Pod> get(ResourceID id) {
            return Optional.ofNullable(latest.get(id.getName()));
        }

        @Override
        public Stream<ResourceID> keys() {
            return brought.values().stream().map(ResourceID::fromResource);
        }

        @Override
        public Stream<Pod> list(String namespace, Predicate<Pod> predicate) {
            return brought.values().stream().filter(predicate);
        }

        @Override
        public Stream<Pod> list(Predicate<Pod> predicate) {
            return brought.values().stream().filter(predicate);
        }
    }
}
