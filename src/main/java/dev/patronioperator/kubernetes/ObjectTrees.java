package dev.patronioperator.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.FieldOwnership;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Fingerprint;
import dev.patronioperator.plan.SpecDiffer;
import dev.patronioperator.plan.TreeEdit;

/**
 * Kubernetes objects as trees of maps, lists and scalars, which is how the {@linkplain dev.patronioperator.plan.SpecDiffer differ}
 * reads them.
 *
 * <p>Environment variables that hold a JSON document are unfolded, so that a difference names the field inside it and the order of its
 * keys means nothing. The {@code bootstrap} part of Spilo's configuration is left out: it is read once, when the cluster is made, and
 * later changes go through Patroni's dynamic configuration (the peer ignores it likewise).
 */
@ApplicationScoped
public class ObjectTrees {

    private static final Set<String> JSON_VARIABLES =
            Set.of("SPILO_CONFIGURATION", "KUBERNETES_LABELS", "KUBERNETES_BOOTSTRAP_LABELS");

    private static final String POSTGRES = "postgres";

    /** A revision is kept as the patch that brings a StatefulSet back to it. */
    private static final String PATCH_DIRECTIVE = "$patch";

    private static final FieldPath.Segment VALUE = new FieldPath.Segment.Field("value");

    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() {};

    private final ObjectMapper mapper;

    public ObjectTrees(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The whole object. The object itself is not changed. */
    public Map<String, Object> of(HasMetadata object) {
        Map<String, Object> tree = mapper.convertValue(object, TREE);
        unfold(tree);
        return AppliedMark.without(tree);
    }

    /** The whole object as the API server stores it, with documents as texts. The object itself is not changed. */
    public Map<String, Object> stored(HasMetadata object) {
        return mapper.convertValue(object, TREE);
    }

    /** An object from its tree. */
    public <T extends HasMetadata> T object(Map<String, Object> tree, Class<T> type) {
        return mapper.convertValue(tree, type);
    }

    /** Where the API server stores what is at this place of an unfolded tree: a part of a document is stored with the whole text. */
    public static FieldPath storedAt(FieldPath path) {
        var segments = path.segments();
        for (int i = 0; i + 1 < segments.size(); i++) {
            if (segments.get(i) instanceof FieldPath.Segment.Item item
                    && JSON_VARIABLES.contains(item.label())
                    && segments.get(i + 1).equals(VALUE)) {
                return path.first(i + 2);
            }
        }
        return path;
    }

    /** The wanted StatefulSet with the texts of the present one where they mean the same, so that writing it does not change them. */
    public StatefulSet withTextsOf(StatefulSet present, StatefulSet wanted) {
        var texts =
                documents(present).collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue, (one, other) -> one));
        if (documents(wanted).noneMatch(variable -> isSaidOtherwise(variable, texts))) {
            return wanted;
        }
        var copy = new StatefulSetBuilder(wanted).build();
        documents(copy)
                .filter(variable -> isSaidOtherwise(variable, texts))
                .forEach(variable -> variable.setValue(texts.get(variable.getName())));
        return copy;
    }

    private static Stream<EnvVar> documents(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(POSTGRES))
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> JSON_VARIABLES.contains(variable.getName()) && variable.getValue() != null);
    }

    private boolean isSaidOtherwise(EnvVar wanted, Map<String, String> present) {
        var text = present.get(wanted.getName());
        return text != null
                && !text.equals(wanted.getValue())
                && document(text).isPresent()
                && document(text).equals(document(wanted.getValue()));
    }

    /** What is to change on an object from the API server so that it is as wanted. */
    public List<FieldDifference> differences(HasMetadata wanted, HasMetadata found) {
        return SpecDiffer.differences(
                of(wanted), of(found), new FieldOwnership(owners(found), AppliedMark.isOn(found, fingerprint(wanted))));
    }

    /** Who wrote which fields of an object from the API server. */
    public FieldOwnership ownership(HasMetadata object) {
        return new FieldOwnership(owners(object), false);
    }

    /** The pod template of a StatefulSet. */
    public Map<String, Object> template(StatefulSet set) {
        return template(of(set)).orElseGet(Map::of);
    }

    /** The pod template that a revision of a StatefulSet keeps; empty if it keeps something else. */
    public Optional<Map<String, Object>> template(ControllerRevision revision) {
        Map<String, Object> kept = mapper.convertValue(revision.getData(), TREE);
        return Optional.ofNullable(kept).flatMap(ObjectTrees::template).map(template -> {
            template.remove(PATCH_DIRECTIVE);
            unfold(template);
            return template;
        });
    }

    @SuppressWarnings("unchecked") // an object is a map with texts for keys
    private static Optional<Map<String, Object>> template(Map<String, Object> document) {
        return TreeEdit.at(document, FieldPath.of("spec.template")).map(template -> (Map<String, Object>) template);
    }

    /** Tells two pod templates apart, but for their annotations, which can be changed on pods that exist. */
    public String fingerprintOfPods(StatefulSet set) {
        var template = new PodTemplateSpecBuilder(set.getSpec().getTemplate())
                .editOrNewMetadata()
                .withAnnotations(Map.of())
                .endMetadata()
                .build();
        Map<String, Object> tree = mapper.convertValue(template, TREE);
        unfold(tree);
        return Fingerprint.of(tree);
    }

    private String fingerprint(HasMetadata object) {
        return Fingerprint.of(mapper.convertValue(object, TREE));
    }

    private List<FieldOwnership.Owner> owners(HasMetadata object) {
        var entries = object.getMetadata().getManagedFields();
        return entries == null
                ? List.of()
                : entries.stream()
                        .filter(ObjectTrees::isOfMainResource)
                        .map(this::owner)
                        .toList();
    }

    private FieldOwnership.Owner owner(ManagedFieldsEntry entry) {
        boolean ours = FieldManagers.areOurs(entry.getManager());
        return new FieldOwnership.Owner(
                entry.getManager(), ours, ours && "Apply".equals(entry.getOperation()), fieldSet(entry));
    }

    private static boolean isOfMainResource(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && (entry.getSubresource() == null || entry.getSubresource().isEmpty());
    }

    private Map<?, ?> fieldSet(ManagedFieldsEntry entry) {
        return mapper.convertValue(entry.getFieldsV1(), TREE);
    }

    private void unfold(Object node) {
        switch (node) {
            case Map<?, ?> map -> {
                if (map.get("env") instanceof List<?> variables) {
                    variables.forEach(this::unfoldVariable);
                }
                map.values().forEach(this::unfold);
            }
            case List<?> list -> new ArrayList<>(list).forEach(this::unfold);
            case null, default -> {}
        }
    }

    @SuppressWarnings("unchecked")
    private void unfoldVariable(Object item) {
        if (item instanceof Map<?, ?> variable
                && variable.get("value") instanceof String text
                && JSON_VARIABLES.contains(String.valueOf(variable.get("name")))) {
            document(text).ifPresent(document -> ((Map<String, Object>) variable).put("value", document));
        }
    }

    /** What a text says; empty if it is no document and can only be compared as a text. */
    private Optional<Map<String, Object>> document(String text) {
        try {
            var document = mapper.readValue(text, TREE);
            document.remove("bootstrap");
            return Optional.of(document);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
