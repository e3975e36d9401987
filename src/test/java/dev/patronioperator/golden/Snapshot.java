package dev.patronioperator.golden;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.patronioperator.testkit.PatroniCall;
import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenEffect;

/** Which objects and pods there are, by identity: the same name with another uid was deleted and made again in between. */
record Snapshot(Map<String, String> objects, Map<String, Pod> pods) {

    static Snapshot of(KubernetesClient client) {
        var objects = new TreeMap<String, String>();
        List.of(
                        client.apps().statefulSets().inAnyNamespace().list(),
                        client.apps().deployments().inAnyNamespace().list(),
                        client.services().inAnyNamespace().list(),
                        client.secrets().inAnyNamespace().list(),
                        client.configMaps().inAnyNamespace().list(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inAnyNamespace()
                                .list(),
                        client.batch().v1().cronjobs().inAnyNamespace().list())
                .forEach(list -> list.getItems().forEach(object -> {
                    HasMetadata its = (HasMetadata) object;
                    objects.put(
                            its.getKind() + " " + place(its), its.getMetadata().getUid());
                }));
        var pods = new TreeMap<String, Pod>();
        client.pods().inAnyNamespace().list().getItems().stream()
                .filter(Snapshot::isDatabase)
                .forEach(pod -> pods.put(place(pod), pod));
        return new Snapshot(objects, pods);
    }

    /** What has become of the objects of one case by {@code later}. */
    GoldenEffect effectUntil(Snapshot later, GoldenCase golden, List<PatroniCall> calls) {
        var ours = calls.stream()
                .filter(call -> golden.namespaces().contains(call.namespace()))
                .toList();
        return new GoldenEffect(
                objects.entrySet().stream()
                        .filter(object -> isOf(
                                golden,
                                object.getKey().substring(object.getKey().indexOf(' ') + 1)))
                        .filter(object -> later.objects.containsKey(object.getKey())
                                && !later.objects.get(object.getKey()).equals(object.getValue()))
                        .map(Map.Entry::getKey)
                        .toList(),
                podsOf(golden)
                        .filter(pod -> later.pods.containsKey(pod)
                                && !uid(later.pods.get(pod)).equals(uid(pods.get(pod))))
                        .map(Snapshot::name)
                        .toList(),
                podsOf(golden)
                        .filter(pod -> !later.pods.containsKey(pod))
                        .map(Snapshot::name)
                        .toList(),
                members(ours, "POST /restart"),
                members(ours, "POST /switchover"));
    }

    private java.util.stream.Stream<String> podsOf(GoldenCase golden) {
        return pods.keySet().stream().filter(pod -> isOf(golden, pod));
    }

    private static List<String> members(List<PatroniCall> calls, String what) {
        return calls.stream()
                .filter(call -> call.what().equals(what))
                .map(PatroniCall::member)
                .toList();
    }

    private static boolean isOf(GoldenCase golden, String place) {
        return golden.namespaces().contains(place.substring(0, place.indexOf('/')));
    }

    private static String name(String place) {
        return place.substring(place.indexOf('/') + 1);
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private static String place(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    private static boolean isDatabase(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .anyMatch(container -> container.getName().equals("postgres"));
    }
}
