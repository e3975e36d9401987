package dev.patronioperator.cluster.observe;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.controller.observe.Reading;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.kubernetes.naming.PatroniObject;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;

/**
 * Gathers the facts about a cluster. Reads only. One fact that cannot be read makes the whole unknown: a plan made from half of the
 * facts would take the other half for absent. Only event streams may be unknown by themselves: they are of a kind that is rarely
 * installed.
 */
@ApplicationScoped
public class ClusterObserver {

    private final PatroniAnnotations annotations;
    private final Optional<SilentMembers> silent;
    private final Clock clock;
    private final TemplateRevisions revisions = new TemplateRevisions();

    @Inject
    public ClusterObserver(PatroniAnnotations annotations, SilentMembers silent, Clock clock) {
        this(annotations, Optional.of(silent), clock);
    }

    /** One that asks nobody: enough where Kubernetes is the DCS. */
    public ClusterObserver(PatroniAnnotations annotations, Clock clock) {
        this(annotations, Optional.empty(), clock);
    }

    private ClusterObserver(PatroniAnnotations annotations, Optional<SilentMembers> silent, Clock clock) {
        this.annotations = annotations;
        this.silent = silent;
        this.clock = clock;
    }

    /**
     * Which cluster is looked at.
     *
     * @param others objects outside the cluster's labels that matter too: shared ones, and Secrets in other namespaces
     */
    public record Scope(String namespace, String cluster, Labels labels, List<HasMetadata> others) {}

    public Known<ObservedCluster> observe(Scope scope, ObjectReader reader) {
        var reading = new Reading();
        var labels = scope.labels().selector();
        var objects = new HashMap<ObjectRef, HasMetadata>();
        Stream.of(
                        StatefulSet.class,
                        Service.class,
                        Endpoints.class,
                        ConfigMap.class,
                        PodDisruptionBudget.class,
                        Secret.class)
                .flatMap(type -> reading.list(reader, type, scope.namespace(), labels).stream())
                .forEach(object -> objects.put(ObjectRef.of(object), object));
        scope.others().stream()
                .filter(other -> !objects.containsKey(ObjectRef.of(other)))
                .flatMap(other -> read(other, scope, reading, reader).stream())
                .forEach(object -> objects.put(ObjectRef.of(object), object));
        unlabelled(scope, objects.keySet())
                .flatMap(missing -> reading.get(reader.uncached(), missing).stream())
                .forEach(found -> objects.put(ObjectRef.of(found), found));
        shared(scope, objects.keySet())
                .flatMap(missing -> reading.get(reader.ofOthers(scope.namespace(), scope.cluster()), missing).stream())
                .forEach(found -> objects.put(ObjectRef.of(found), found));
        var taken = taken(scope, objects.values());
        objects.keySet().removeAll(taken.keySet());
        var instances = reading.list(reader, Pod.class, scope.namespace(), labels).stream()
                .map(pod -> instance(pod, scope))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(ObservedInstance::ordinal))
                .toList();
        var found = objects.values().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst();
        var madeFrom = revisions.of(scope, found, instances, reading, reader);
        var claims = reading.list(reader, PersistentVolumeClaim.class, scope.namespace(), labels);
        var streams = reader.listIfDefined(FabricEventStream.class, scope.namespace(), labels);
        return reading.result(() -> new ObservedCluster(
                        objects,
                        taken,
                        instances,
                        madeFrom,
                        claims,
                        ObservedNodes.UNKNOWN,
                        streams,
                        dcs(scope, objects),
                        clock.instant()))
                .map(facts -> silent.map(members -> members.complete(facts)).orElse(facts))
                .map(facts -> facts.with(new NodeObserver(reader, scope).of(facts.leader(), instances, claims)));
    }

    /**
     * What is in no cache and may be there all the same: with labels from an older configuration, when a cluster that runs would be taken for a new one, or as
     * somebody else's. That costs a request only while something is missing.
     */
    private static Stream<HasMetadata> unlabelled(Scope scope, Set<ObjectRef> found) {
        return Stream.concat(
                scope.others().stream().filter(Belonging::isExclusive).filter(other -> scope.namespace()
                        .equals(other.getMetadata().getNamespace())),
                Stream.of(statefulSet(scope)))
                .filter(other -> !found.contains(ObjectRef.of(other)))
                .collect(Collectors.toMap(ObjectRef::of, other -> other, (one, same) -> one, TreeMap::new))
                .values()
                .stream();
    }

    /**
     * What all clusters of the namespace share and no cache has: under the names of the configuration that the operator started with it
     * would be there, but those may have changed, and a definition may name its object itself.
     */
    private static Stream<HasMetadata> shared(Scope scope, Set<ObjectRef> found) {
        return scope.others().stream()
                .filter(Belonging::isShared)
                .filter(other -> scope.namespace().equals(other.getMetadata().getNamespace()))
                .filter(other -> !found.contains(ObjectRef.of(other)));
    }

    private static Map<ObjectRef, String> taken(Scope scope, Collection<HasMetadata> objects) {
        var belonging = new Belonging(scope.cluster(), scope.labels());
        var taken = new HashMap<ObjectRef, String>();
        objects.forEach(
                object -> belonging.objection(object).ifPresent(because -> taken.put(ObjectRef.of(object), because)));
        return taken;
    }

    /** What is kept in another namespace, such as the Secret of a user, is no other cluster's: it is followed by its name. */
    private static Optional<? extends HasMetadata> read(
            HasMetadata like, Scope scope, Reading reading, ObjectReader reader) {
        return scope.namespace().equals(like.getMetadata().getNamespace())
                ? reading.get(reader, like)
                : reading.get(reader.ofOthers(scope.namespace(), scope.cluster()), like);
    }

    private static StatefulSet statefulSet(Scope scope) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace(scope.namespace())
                .withName(new Names(scope.cluster()).statefulSet())
                .endMetadata()
                .build();
    }

    /** Pods of the StatefulSet only; others that carry the labels, such as one-off pods of a person, are no instances. */
    private Optional<ObservedInstance> instance(Pod pod, Scope scope) {
        var prefix = new Names(scope.cluster()).statefulSet() + "-";
        var name = pod.getMetadata().getName();
        if (!name.startsWith(prefix) || !name.substring(prefix.length()).matches("\\d{1,9}")) {
            return Optional.empty();
        }
        var labels = pod.getMetadata().getLabels();
        return Optional.of(new ObservedInstance(
                pod,
                Integer.parseInt(name.substring(prefix.length())),
                annotations.podStatus(pod.getMetadata().getAnnotations()),
                Optional.ofNullable(labels.get(scope.labels().roleKey()))));
    }

    /** The objects of either kind of DCS; a cluster has one kind, but may have left the other behind. The live one has a leader. */
    private Dcs dcs(Scope scope, Map<ObjectRef, HasMetadata> objects) {
        var names = new Names(scope.cluster());
        var leader = leader(names, scope, objects);
        return new Dcs(
                annotations.leader(leader),
                annotations.config(patroni(names, PatroniObject.CONFIG, scope, objects)),
                annotations.sync(patroni(names, PatroniObject.SYNC, scope, objects)),
                lastWritten(names, scope, objects));
    }

    private static Known<Instant> lastWritten(Names names, Scope scope, Map<ObjectRef, HasMetadata> objects) {
        return Stream.of("ConfigMap", "Endpoints")
                .map(kind ->
                        objects.get(new ObjectRef("v1", kind, scope.namespace(), names.patroni(PatroniObject.CONFIG))))
                .filter(object -> object != null && object.getMetadata().getManagedFields() != null)
                .flatMap(object -> object.getMetadata().getManagedFields().stream())
                .map(ManagedFieldsEntry::getTime)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .map(Known::of)
                .orElseGet(() -> Known.unknown("it is not known when the dynamic configuration was written"));
    }

    private static Map<String, String> leader(Names names, Scope scope, Map<ObjectRef, HasMetadata> objects) {
        var candidates = new ArrayList<Map<String, String>>();
        candidates.add(annotationsOf("ConfigMap", names.patroni(PatroniObject.LEADER), scope, objects));
        candidates.add(annotationsOf("Endpoints", names.service(MemberRole.PRIMARY), scope, objects));
        return candidates.stream()
                .filter(a -> a.containsKey("leader"))
                .max(Comparator.comparing(a -> a.getOrDefault("renewTime", "")))
                .orElse(Map.of());
    }

    private static Map<String, String> patroni(
            Names names, PatroniObject object, Scope scope, Map<ObjectRef, HasMetadata> objects) {
        var configMap = annotationsOf("ConfigMap", names.patroni(object), scope, objects);
        return configMap.isEmpty() ? annotationsOf("Endpoints", names.patroni(object), scope, objects) : configMap;
    }

    private static Map<String, String> annotationsOf(
            String kind, String name, Scope scope, Map<ObjectRef, HasMetadata> objects) {
        var object = objects.get(new ObjectRef("v1", kind, scope.namespace(), name));
        var found = object == null ? null : object.getMetadata().getAnnotations();
        return found == null ? Map.of() : found;
    }
}
