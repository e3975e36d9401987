package dev.patronioperator.controller;

import java.util.List;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.Postgresql;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptedSpecsTest {

    private static final KubernetesSerialization API = new KubernetesSerialization();
    private final AcceptedSpecs accepted = new AcceptedSpecs(new ObjectMapper());

    private static Postgresql cluster(String uid, long generation) {
        return API.unmarshal(
                """
                apiVersion: acid.zalan.do/v1
                kind: postgresql
                metadata: {name: orders, namespace: ns, uid: %s, generation: %d}
                spec: {teamId: acid, numberOfInstances: %d, postgresql: {version: "17"}, volume: {size: 1Gi}}
                """
                        .formatted(uid, generation, generation),
                Postgresql.class);
    }

    /** As the API server gives it back: the client then makes of the data whatever it guesses. */
    private ControllerRevision stored(Postgresql cluster) {
        return API.unmarshal(API.asJson(accepted.revision(cluster)), ControllerRevision.class);
    }

    @Test
    void manifestsComeBackNewestFirst() {
        var revisions = List.of(stored(cluster("aaaaaaaa-1", 1)), stored(cluster("aaaaaaaa-1", 2)));

        assertThat(accepted.specs(cluster("aaaaaaaa-1", 3), revisions))
                .containsExactly(
                        cluster("aaaaaaaa-1", 2).getSpec(),
                        cluster("aaaaaaaa-1", 1).getSpec());
    }

    @Test
    void aNamesakeThatWasDeletedLeavesNothing() {
        assertThat(accepted.specs(cluster("bbbbbbbb-2", 2), List.of(stored(cluster("aaaaaaaa-1", 1)))))
                .isEmpty();
    }

    @Test
    void onlyTheNewestAreKept() {
        var revisions = LongStream.rangeClosed(1, 5)
                .mapToObj(generation -> stored(cluster("aaaaaaaa-1", generation)))
                .toList();

        assertThat(AcceptedSpecs.superfluous(cluster("aaaaaaaa-1", 5), revisions))
                .extracting(ControllerRevision::getRevision)
                .containsExactly(2L, 1L);
    }
}
