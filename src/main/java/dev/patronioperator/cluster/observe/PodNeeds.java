package dev.patronioperator.cluster.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.ObjectRef;

/**
 * Secrets and ConfigMaps without which a pod does not start: the kubelet waits for them, without end. What cannot be read is taken to be there.
 *
 * @param type of the object
 * @param keys that are asked for by name
 */
public record PodNeeds(Class<? extends HasMetadata> type, String name, List<String> keys) {

    public PodNeeds {
        keys = List.copyOf(keys);
    }

    /**
     * What the pods of a StatefulSet need and is not there. It is watched from then on, so that the cluster is looked at again when it comes.
     *
     * @param made what will be there, as we make it ourselves
     */
    public static List<String> missing(StatefulSet set, Set<ObjectRef> made, ObjectReader reader) {
        var namespace = set.getMetadata().getNamespace();
        var watching = reader.ofOthers(namespace, set.getMetadata().getName());
        return of(set.getSpec().getTemplate().getSpec())
                .filter(need ->
                        !made.contains(new ObjectRef("v1", HasMetadata.getKind(need.type), namespace, need.name)))
                .filter(need ->
                        need.missing(namespace, reader.uncached()).findAny().isPresent())
                .flatMap(need -> need.missing(namespace, watching))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> missing(String namespace, ObjectReader reader) {
        var what = HasMetadata.getKind(type) + " " + name;
        return reader.get(type, namespace, name)
                .map(found -> found.map(object -> keys.stream()
                                .filter(key -> !keysOf(object).contains(key))
                                .map(key -> "the key " + key + " of " + what))
                        .orElseGet(() -> Stream.of(what)))
                .orIfUnknown(Stream.of());
    }

    private static Set<String> keysOf(HasMetadata object) {
        return switch (object) {
            case Secret secret ->
                Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
                        .keySet();
            case ConfigMap map ->
                Stream.of(map.getData(), map.getBinaryData())
                        .filter(Objects::nonNull)
                        .flatMap(data -> data.keySet().stream())
                        .collect(Collectors.toSet());
            default -> Set.of();
        };
    }

    private static Stream<PodNeeds> of(PodSpec pod) {
        var needs = new ArrayList<PodNeeds>();
        pod.getVolumes().forEach(volume -> ofVolume(volume).ifPresent(needs::add));
        Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
                .forEach(container -> needs.addAll(ofContainer(container)));
        return needs.stream();
    }

    private static Optional<PodNeeds> ofVolume(Volume volume) {
        if (volume.getSecret() != null && isNeeded(volume.getSecret().getOptional())) {
            return need(
                    Secret.class,
                    volume.getSecret().getSecretName(),
                    keys(volume.getSecret().getItems()));
        }
        return volume.getConfigMap() != null && isNeeded(volume.getConfigMap().getOptional())
                ? need(
                        ConfigMap.class,
                        volume.getConfigMap().getName(),
                        keys(volume.getConfigMap().getItems()))
                : Optional.empty();
    }

    private static List<PodNeeds> ofContainer(Container container) {
        var needs = new ArrayList<PodNeeds>();
        container.getEnv().forEach(variable -> ofVariable(variable.getValueFrom())
                .ifPresent(needs::add));
        container.getEnvFrom().forEach(source -> {
            if (source.getSecretRef() != null && isNeeded(source.getSecretRef().getOptional())) {
                need(Secret.class, source.getSecretRef().getName(), List.of()).ifPresent(needs::add);
            }
            if (source.getConfigMapRef() != null
                    && isNeeded(source.getConfigMapRef().getOptional())) {
                need(ConfigMap.class, source.getConfigMapRef().getName(), List.of())
                        .ifPresent(needs::add);
            }
        });
        return needs;
    }

    private static Optional<PodNeeds> ofVariable(EnvVarSource source) {
        if (source == null) {
            return Optional.empty();
        }
        var secret = source.getSecretKeyRef();
        if (secret != null && isNeeded(secret.getOptional())) {
            return need(Secret.class, secret.getName(), List.of(secret.getKey()));
        }
        var map = source.getConfigMapKeyRef();
        return map != null && isNeeded(map.getOptional())
                ? need(ConfigMap.class, map.getName(), List.of(map.getKey()))
                : Optional.empty();
    }

    private static Optional<PodNeeds> need(Class<? extends HasMetadata> type, String name, List<String> keys) {
        return Optional.ofNullable(name).map(known -> new PodNeeds(type, known, keys));
    }

    private static List<String> keys(List<KeyToPath> items) {
        return items == null ? List.of() : items.stream().map(KeyToPath::getKey).toList();
    }

    private static boolean isNeeded(Boolean optional) {
        return !Boolean.TRUE.equals(optional);
    }
}
