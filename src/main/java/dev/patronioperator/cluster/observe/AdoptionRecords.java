package dev.patronioperator.cluster.observe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.controller.AcceptedSpecs;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.FieldPath.Segment;
import dev.patronioperator.plan.Held;

/**
 * Keeps what was left as another operator made it, as a {@code ControllerRevision} beside those of {@link AcceptedSpecs}: which
 * differences were there on first sight cannot be told later, by an operator that has just started least of all.
 */
@ApplicationScoped
public class AdoptionRecords {

    private static final String HELD = "held";
    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() {};

    private final ObjectMapper mapper;

    public AdoptionRecords(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The record for this very resource. */
    public ControllerRevision revision(Postgresql cluster, Held held) {
        var fields = held.fields().stream().map(AdoptionRecords::tree).toList();
        return new ControllerRevisionBuilder()
                .withMetadata(AcceptedSpecs.metadata(cluster, HELD))
                .withRevision(0L)
                .withData(Map.of(HELD, Map.of("fields", fields, "others", new TreeSet<>(held.others()))))
                .build();
    }

    /** What the records of a cluster resource say of its adoption. */
    public AdoptionRecord of(Postgresql cluster, List<ControllerRevision> revisions) {
        var name = AcceptedSpecs.metadata(cluster, HELD).getName();
        var own = revisions.stream()
                .filter(revision -> revision.getMetadata().getName().equals(name))
                .findFirst();
        return new AdoptionRecord(
                own.isEmpty() && AcceptedSpecs.newestFirst(cluster, revisions).isEmpty(),
                own,
                own.map(this::held).orElse(Held.NOTHING));
    }

    private Held held(ControllerRevision revision) {
        return mapper.convertValue(revision.getData(), TREE).get(HELD) instanceof Map<?, ?> map
                ? held(map)
                : Held.NOTHING;
    }

    private static Held held(Map<?, ?> tree) {
        return new Held(
                list(tree.get("fields")).stream()
                        .map(field -> field((Map<?, ?>) field))
                        .toList(),
                list(tree.get("others")).stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Held.Field field(Map<?, ?> tree) {
        return new Held.Field(
                path(tree.get("path")),
                path(tree.get("place")),
                Optional.ofNullable(tree.get("value")),
                tree.get("position") instanceof Number number ? number.intValue() : 0,
                String.valueOf(tree.get("instead")));
    }

    private static Map<String, Object> tree(Held.Field field) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("path", segments(field.path()));
        tree.put("place", segments(field.place()));
        field.value().ifPresent(value -> tree.put("value", value));
        tree.put("position", field.position());
        tree.put("instead", field.instead());
        return tree;
    }

    private static List<Object> segments(FieldPath path) {
        return path.segments().stream()
                .<Object>map(segment -> switch (segment) {
                    case Segment.Field(String name) -> name;
                    case Segment.Item(String label, String key) -> Map.of("item", label, "key", key);
                })
                .toList();
    }

    private static FieldPath path(Object segments) {
        return new FieldPath(list(segments).stream()
                .<Segment>map(segment -> segment instanceof Map<?, ?> item
                        ? new Segment.Item(String.valueOf(item.get("item")), String.valueOf(item.get("key")))
                        : new Segment.Field(String.valueOf(segment)))
                .toList());
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
