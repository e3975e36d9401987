package dev.patronioperator.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * An annotation on objects of which an admission webhook makes something else than we apply, with the fingerprint of what was applied. It
 * tells a value that the webhook made of ours, and would make again, from one that we have changed our mind about.
 */
final class AppliedMark {

    static final String ANNOTATION = "patroni-operator.dev/applied";

    private static final String METADATA = "metadata";
    private static final String ANNOTATIONS = "annotations";

    private AppliedMark() {}

    /** Puts the mark on an object that is about to be applied. */
    static void put(HasMetadata object, String fingerprint) {
        object.setMetadata(new ObjectMetaBuilder(object.getMetadata())
                .addToAnnotations(ANNOTATION, fingerprint)
                .build());
    }

    static boolean isOn(HasMetadata object, String fingerprint) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations != null && fingerprint.equals(annotations.get(ANNOTATION));
    }

    /** The tree of an object without the mark, which is no part of what is wanted. */
    static Map<String, Object> without(Map<String, Object> tree) {
        if (tree.get(METADATA) instanceof Map<?, ?> metadata
                && metadata.get(ANNOTATIONS) instanceof Map<?, ?> annotations
                && annotations.containsKey(ANNOTATION)) {
            var others = new LinkedHashMap<Object, Object>(annotations);
            others.remove(ANNOTATION);
            var changed = new LinkedHashMap<Object, Object>(metadata);
            changed.put(ANNOTATIONS, others);
            tree.put(METADATA, changed);
        }
        return tree;
    }
}
