package dev.patronioperator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Which object of the API server is meant. */
public record ObjectRef(String apiVersion, String kind, String namespace, String name)
        implements Comparable<ObjectRef> {

    public static ObjectRef of(HasMetadata object) {
        return new ObjectRef(
                object.getApiVersion(),
                object.getKind(),
                object.getMetadata().getNamespace() == null
                        ? ""
                        : object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    @Override
    public int compareTo(ObjectRef other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
