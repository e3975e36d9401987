package dev.patronioperator.testkit.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.plan.FieldOwnership;
import dev.patronioperator.plan.Fingerprint;
import dev.patronioperator.plan.SpecDiffer;

/**
 * An object as an API server stores it: with defaults, with what webhooks made of it, and with {@code managedFields} that say who wrote
 * what. Immutable.
 */
public final class StoredObject {

    /** The operator's own field manager. */
    public static final String OPERATOR = "patroni-operator";

    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HasMetadata like;
    private final Map<String, Object> tree;
    private final List<Map<String, Object>> managers;

    private StoredObject(HasMetadata like, Map<String, Object> tree, List<Map<String, Object>> managers) {
        this.like = like;
        this.tree = tree;
        this.managers = managers;
    }

    /** The object after the operator has applied it. */
    public static StoredObject applied(HasMetadata wanted) {
        return admitted(wanted, object -> {});
    }

    /** The object after the operator has applied it and a mutating webhook has had its way; the fields stay the operator's. */
    public static StoredObject admitted(HasMetadata wanted, Consumer<Map<String, Object>> webhook) {
        var sent = tree(wanted);
        var stored = stored(sent, webhook);
        if (!SpecDiffer.differences(sent, stored, FieldOwnership.NONE).isEmpty()) {
            var mark = Fingerprint.of(sent);
            metadata(sent).computeIfAbsent("annotations", absent -> new LinkedHashMap<>());
            annotations(sent).put("patroni-operator.dev/applied", mark);
            stored = stored(sent, webhook);
        }
        metadata(stored).put("uid", "5f0c7c1a-0000-0000-0000-000000000000");
        metadata(stored).put("resourceVersion", "1");
        return new StoredObject(wanted, stored, List.of(manager(OPERATOR, "Apply", FieldSets.of(sent))));
    }

    private static Map<String, Object> stored(Map<String, Object> sent, Consumer<Map<String, Object>> webhook) {
        var stored = copy(sent);
        webhook.accept(stored);
        Defaulting.fill(stored);
        return stored;
    }

    /** An object that somebody else has made. */
    public static StoredObject created(String manager, HasMetadata object) {
        var stored = tree(object);
        Defaulting.fill(stored);
        metadata(stored).put("uid", "5f0c7c1a-0000-0000-0000-000000000000");
        return new StoredObject(object, stored, List.of(manager(manager, "Update", FieldSets.of(stored))));
    }

    /** The object after a manager other than the operator has updated it. */
    public StoredObject updated(String manager, Consumer<Map<String, Object>> change) {
        var now = copy(tree);
        change.accept(now);
        Defaulting.fill(now);
        var all = new ArrayList<Map<String, Object>>();
        for (var each : managers) {
            var entry = new LinkedHashMap<>(each);
            entry.put("fieldsV1", FieldSets.retained((Map<?, ?>) each.get("fieldsV1"), tree, now));
            all.add(entry);
        }
        all.add(manager(manager, "Update", FieldSets.changed(tree, now)));
        return new StoredObject(like, now, all);
    }

    /** As the operator reads it. */
    public HasMetadata read() {
        var object = copy(tree);
        metadata(object).put("managedFields", managers);
        return JSON.convertValue(object, like.getClass());
    }

    /** The document; a copy. */
    public Map<String, Object> tree() {
        return copy(tree);
    }

    public static Map<String, Object> tree(HasMetadata object) {
        return JSON.convertValue(object, TREE);
    }

    private static Map<String, Object> manager(String name, String operation, Map<String, Object> fields) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("manager", name);
        entry.put("operation", operation);
        entry.put("fieldsType", "FieldsV1");
        entry.put("fieldsV1", fields);
        return entry;
    }

    private static Map<String, Object> copy(Map<String, Object> tree) {
        try {
            return JSON.readValue(JSON.writeValueAsString(tree), TREE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static Map<String, Object> metadata(Map<String, Object> tree) {
        return (Map<String, Object>) tree.get("metadata");
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static Map<String, Object> annotations(Map<String, Object> tree) {
        return (Map<String, Object>) metadata(tree).get("annotations");
    }
}
