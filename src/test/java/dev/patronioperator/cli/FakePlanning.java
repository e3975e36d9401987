package dev.patronioperator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.config.ConfigurationCheck;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/** Answers by the name of the manifest: {@code settled-…}, {@code refused-…}, {@code forbidden-…}, {@code unreachable-…}; others change. */
final class FakePlanning implements Planning {

    final List<String> planned = new ArrayList<>();
    private final Map<String, Postgresql> existing = new TreeMap<>();
    private Optional<String> outage = Optional.empty();
    private ConfigurationCheck configuration = new ConfigurationCheck("defaults", List.of(), List.of());

    FakePlanning having(Postgresql cluster) {
        existing.put(
                cluster.getMetadata().getNamespace() + "/"
                        + cluster.getMetadata().getName(),
                cluster);
        return this;
    }

    FakePlanning unreachable(String because) {
        outage = Optional.of(because);
        return this;
    }

    @Override
    public String defaultNamespace() {
        return "desk";
    }

    @Override
    public PlannedManifest plan(Postgresql manifest) {
        var name = manifest.getMetadata().getName();
        planned.add(manifest.getMetadata().getNamespace() + "/" + name);
        return switch (name.split("-")[0]) {
            case "settled" -> new PlannedManifest.Planned(Plan.EMPTY, List.of(service(name)), List.of());
            case "refused" ->
                new PlannedManifest.Rejected(List.of("spec.volume.size: cannot shrink", "spec.teamId: is missing"));
            case "unreachable" -> new PlannedManifest.Failed("the API server does not answer");
            case "deferred" ->
                new PlannedManifest.Planned(
                        new Plan(
                                List.of(),
                                List.of(new Deferred("Apply the pod template", "leave is given", List.of(memory())))),
                        List.of(),
                        List.of());
            case "restarted" ->
                new PlannedManifest.Planned(
                        new Plan(List.of(
                                PlannedStep.of(new Step.RestartPostgres("restarted-0"), Impact.RESTART, memory()))),
                        List.of(),
                        List.of());
            case "forbidden" ->
                new PlannedManifest.Planned(
                        new Plan(List.of(PlannedStep.of(
                                new Step.Refuse("shrink the volume"),
                                Impact.FORBIDDEN,
                                Reason.of(Reason.Code.REFUSED)))),
                        List.of(),
                        List.of());
            default ->
                new PlannedManifest.Planned(
                        new Plan(List.of(PlannedStep.of(new Step.Apply(service(name)), Impact.NONE, memory()))),
                        List.of(service(name)),
                        List.of("spec.useLoadBalancer: is deprecated"));
        };
    }

    @Override
    public Known<Optional<Postgresql>> find(String namespace, String name) {
        return outage.<Known<Optional<Postgresql>>>map(Known::unknown)
                .orElseGet(() -> Known.of(Optional.ofNullable(existing.get(namespace + "/" + name))));
    }

    @Override
    public Known<List<Postgresql>> list(Optional<String> namespace) {
        return outage.<Known<List<Postgresql>>>map(Known::unknown)
                .orElseGet(() -> Known.of(existing.values().stream()
                        .filter(cluster -> namespace.isEmpty()
                                || namespace.get().equals(cluster.getMetadata().getNamespace()))
                        .toList()));
    }

    FakePlanning configured(ConfigurationCheck check) {
        configuration = check;
        return this;
    }

    @Override
    public Known<ConfigurationCheck> configuration() {
        return Known.of(configuration);
    }

    private static Reason memory() {
        return new Reason(
                Reason.Code.MANIFEST, Optional.of(FieldPath.of("spec.resources.limits.memory")), "2Gi", "4Gi");
    }

    private static HasMetadata service(String name) {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        return service;
    }
}
