package dev.patronioperator.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.FieldOwnership;
import dev.patronioperator.plan.Fingerprint;
import dev.patronioperator.plan.SpecDiffer;

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

    /** What is to change on an object from the API server so that it is as wanted. */
    public List<FieldDifference> differences(HasMetadata wanted, HasMetadata found) {
        return SpecDiffer.differences(
                of(wanted), of(found), new FieldOwnership(owners(found), AppliedMark.isOn(found, fingerprint(wanted))));
    }

    /** Who wrote which fields of an object from the API server. */
    public FieldOwnership ownership(HasMetadata object) {
        return new FieldOwnership(owners(object), false);
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
        return new FieldOwnership.Owner(
                entry.getManager(),
                FieldManagers.areOurs(entry.getManager()),
                FieldManagers.OURS.equals(entry.getManager()) && "Apply".equals(entry.getOperation()),
                fieldSet(entry));
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
            try {
                var document = mapper.readValue(text, TREE);
                document.remove("bootstrap");
                ((Map<String, Object>) variable).put("value", document);
            } catch (JsonProcessingException notJson) {
                // It stays the text that it is, and is compared as such.
                return;
            }
        }
    }
}
