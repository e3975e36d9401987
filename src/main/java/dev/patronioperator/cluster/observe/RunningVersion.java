package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.Pod;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.model.MemberStatus;
import dev.patronioperator.plan.Known;

/**
 * The major version of the PostgreSQL that runs in a cluster's members, which is that of its data: the image starts the binaries that fit, whatever the pod's
 * variables say. Members are asked by Patroni's REST API, until one knows.
 */
@ApplicationScoped
public class RunningVersion {

    private final PatroniClient patroni;
    private final PatroniAnnotations annotations;

    public RunningVersion(PatroniClient patroni, PatroniAnnotations annotations) {
        this.patroni = patroni;
        this.annotations = annotations;
    }

    /** Such as 17. */
    public Known<Integer> of(Identity identity, ObjectReader reader) {
        return reader.list(Pod.class, identity.namespace(), identity.labels().selector())
                .map(this::of)
                .orIfUnknown(Known.unknown("the pods cannot be read"));
    }

    private Known<Integer> of(List<Pod> pods) {
        return pods.stream()
                .filter(ObservedInstance::isReady)
                .flatMap(pod -> address(pod).stream())
                .map(member -> patroni.status(member).known().flatMap(MemberStatus::serverVersion))
                .filter(version -> !version.isUnknown())
                .findFirst()
                .orElseGet(() -> Known.unknown("no member says which PostgreSQL it runs"))
                .map(version -> Math.toIntExact(version / 10_000));
    }

    private Optional<MemberAddress> address(Pod pod) {
        var told = annotations.podStatus(pod.getMetadata().getAnnotations());
        return new ObservedInstance(pod, 0, told, Optional.empty()).address();
    }
}
