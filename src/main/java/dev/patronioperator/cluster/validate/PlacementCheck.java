package dev.patronioperator.cluster.validate;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;

import dev.patronioperator.api.PostgresqlSpec;

/** What Kubernetes asks of the Pods: where they run, as whom, and how their health is probed. */
final class PlacementCheck implements SpecCheck {

    private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final Pattern IMAGE = Pattern.compile("\\S*");
    private static final Pattern SPREAD = Pattern.compile("DoNotSchedule|ScheduleAnyway");
    private static final Set<String> OPERATORS = Set.of("Exists", "Equal");

    @Override
    public void check(Subject subject, Problems problems) {
        var spec = subject.spec();
        problems.matches("spec.dockerImage", spec.dockerImage(), IMAGE, "is no image: it has blanks");
        ids(spec, problems);
        if (spec.podPriorityClassName() != null && !spec.podPriorityClassName().isEmpty()) {
            problems.matches(
                    "spec.podPriorityClassName",
                    spec.podPriorityClassName(),
                    Forms.OBJECT_NAME,
                    "cannot be the name of a " + "PriorityClass");
        }
        tolerations(Absent.asEmpty(spec.tolerations()), problems);
        spread(Absent.asEmpty(spec.topologySpreadConstraints()), problems);
        if (spec.livenessProbe() != null) {
            probe(spec.livenessProbe(), problems);
        }
    }

    private static void ids(PostgresqlSpec spec, Problems problems) {
        problems.within("spec.spiloRunAsUser", spec.spiloRunAsUser(), 0, Integer.MAX_VALUE);
        problems.within("spec.spiloRunAsGroup", spec.spiloRunAsGroup(), 0, Integer.MAX_VALUE);
        problems.within("spec.spiloFSGroup", spec.spiloFSGroup(), 0, Integer.MAX_VALUE);
    }

    private static void tolerations(List<Toleration> tolerations, Problems problems) {
        for (int i = 0; i < tolerations.size(); i++) {
            var toleration = tolerations.get(i);
            var field = "spec.tolerations[" + i + "]";
            var operator = toleration.getOperator();
            if (given(operator) && !OPERATORS.contains(operator)) {
                problems.refuse(field + ".operator", operator, "is no operator of a toleration: Equal or Exists");
            }
            if ("Exists".equals(operator) && given(toleration.getValue())) {
                problems.refuse(
                        field + ".value", toleration.getValue(), "must be empty: with Exists there is no value");
            }
            if (given(toleration.getEffect()) && !EFFECTS.contains(toleration.getEffect())) {
                problems.refuse(
                        field + ".effect",
                        toleration.getEffect(),
                        "is no effect of a taint: NoSchedule, PreferNoSchedule or NoExecute");
            }
            if (toleration.getTolerationSeconds() != null && !"NoExecute".equals(toleration.getEffect())) {
                problems.refuse(
                        field + ".tolerationSeconds",
                        toleration.getTolerationSeconds(),
                        "is possible with the effect NoExecute only");
            }
            if (!given(toleration.getKey()) && !"Exists".equals(operator)) {
                problems.refuse(
                        field + ".operator",
                        operator == null ? "Equal" : operator,
                        "has to be Exists where there is no key");
            }
        }
    }

    private static void spread(List<TopologySpreadConstraint> constraints, Problems problems) {
        var keys = problems.unique("with its whenUnsatisfiable the same as that");
        for (int i = 0; i < constraints.size(); i++) {
            var constraint = constraints.get(i);
            var field = "spec.topologySpreadConstraints[" + i + "]";
            problems.present(
                    field + ".topologyKey", constraint.getTopologyKey(), "the label that tells zones or nodes apart");
            if (problems.present(field + ".maxSkew", constraint.getMaxSkew(), "how uneven the Pods may be spread")) {
                problems.within(field + ".maxSkew", constraint.getMaxSkew(), 1, Integer.MAX_VALUE);
            }
            if (problems.present(
                    field + ".whenUnsatisfiable",
                    constraint.getWhenUnsatisfiable(),
                    "DoNotSchedule or ScheduleAnyway")) {
                problems.matches(
                        field + ".whenUnsatisfiable",
                        constraint.getWhenUnsatisfiable(),
                        SPREAD,
                        "has to be DoNotSchedule or " + "ScheduleAnyway");
            }
            keys.add(field + ".topologyKey", constraint.getTopologyKey() + " " + constraint.getWhenUnsatisfiable());
        }
    }

    private static void probe(Probe probe, Problems problems) {
        long handlers = Stream.of(probe.getExec(), probe.getHttpGet(), probe.getTcpSocket(), probe.getGrpc())
                .filter(Objects::nonNull)
                .count();
        if (handlers != 1) {
            problems.refuse("spec.livenessProbe", "has to have exactly one of exec, httpGet, tcpSocket and grpc");
        }
    }

    private static boolean given(String text) {
        return text != null && !text.isEmpty();
    }
}
