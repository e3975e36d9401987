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

import dev.patronioperator.plan.FieldOwnership;

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
        return tree;
    }

    /** Which fields of an object from the API server are ours. */
    public FieldOwnership ownership(HasMetadata object) {
        var entries = object.getMetadata().getManagedFields();
        if (entries == null) {
            return FieldOwnership.NONE;
        }
        return new FieldOwnership(
                entries.stream().filter(ObjectTrees::isOurs).map(this::fieldSet).toList());
    }

    private static boolean isOurs(ManagedFieldsEntry entry) {
        boolean ofMainResource =
                entry.getSubresource() == null || entry.getSubresource().isEmpty();
        return ofMainResource && entry.getFieldsV1() != null && FieldManagers.areOurs(entry.getManager());
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
