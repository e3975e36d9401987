package dev.patronioperator.controller;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlSpec;

/**
 * Keeps the manifests that were accepted, as {@code ControllerRevision}s owned by the cluster resource, so that a bad edit leaves
 * something to go by, also for an operator that has just started.
 */
@ApplicationScoped
public class AcceptedSpecs {

    /** Marks the revisions, and names the cluster. They carry none of the cluster's own labels: the StatefulSet would adopt them. */
    public static final String LABEL = "patroni-operator.dev/accepted-spec-of";

    /** How many are kept. */
    public static final int KEPT = 3;

    private static final String FIELD = "spec";
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final ObjectMapper mapper;

    public AcceptedSpecs(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public static Map<String, String> labels(String cluster) {
        return Map.of(LABEL, cluster);
    }

    /** The revision that says that this manifest was accepted. */
    public ControllerRevision revision(Postgresql cluster) {
        var generation = cluster.getMetadata().getGeneration();
        return new ControllerRevisionBuilder()
                .withMetadata(metadata(cluster, Long.toString(generation)))
                .withRevision(generation)
                .withData(Map.of(FIELD, text(cluster.getSpec())))
                .build();
    }

    /** What all records of a cluster resource have in common; each has a name of its own. */
    public static ObjectMeta metadata(Postgresql cluster, String which) {
        var metadata = cluster.getMetadata();
        return new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName() + "-spec-" + shortUid(cluster) + "-" + which)
                .withLabels(labels(metadata.getName()))
                .addNewOwnerReference()
                .withApiVersion(cluster.getApiVersion())
                .withKind(cluster.getKind())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withController(true)
                .endOwnerReference()
                .build();
    }

    /** The manifests that were accepted of this very resource, newest first; one that cannot be read any more counts as none. */
    public List<PostgresqlSpec> specs(Postgresql cluster, List<ControllerRevision> revisions) {
        return newestFirst(cluster, revisions).stream()
                .flatMap(revision -> spec(revision).stream())
                .toList();
    }

    /** The revisions that are too old to be kept. */
    public static List<ControllerRevision> superfluous(Postgresql cluster, List<ControllerRevision> revisions) {
        return newestFirst(cluster, revisions).stream().skip(KEPT).toList();
    }

    /** The manifests that were accepted of this very resource, newest first. */
    public static List<ControllerRevision> newestFirst(Postgresql cluster, List<ControllerRevision> revisions) {
        return revisions.stream()
                .filter(r -> r.getMetadata().getOwnerReferences().stream()
                        .anyMatch(o -> o.getUid().equals(cluster.getMetadata().getUid())))
                .filter(r -> r.getRevision() > 0)
                .sorted(Comparator.comparing(ControllerRevision::getRevision).reversed())
                .toList();
    }

    /** The client reads the data as whatever type it guesses; only as a tree it is always the same. */
    private Optional<PostgresqlSpec> spec(ControllerRevision revision) {
        try {
            var data = mapper.convertValue(revision.getData(), TREE);
            return data != null && data.get(FIELD) instanceof String text
                    ? Optional.of(mapper.readValue(text, PostgresqlSpec.class))
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private String text(PostgresqlSpec spec) {
        try {
            return mapper.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest that was read cannot be written", e);
        }
    }

    private static String shortUid(Postgresql cluster) {
        var uid = cluster.getMetadata().getUid();
        return uid.substring(0, Math.min(8, uid.length()));
    }
}
