package dev.patronioperator.settings.codec;

/** Makes a Kubernetes model object from a tree; the JSON mapper behind it is not the codecs' business. */
@FunctionalInterface
public interface Models {
    /** @throws IllegalArgumentException if the tree has not the form of that type */
    <T> T read(Object tree, Class<T> type);
}
