package dev.patronioperator.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.arc.Unremovable;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.ClusterLook;
import dev.patronioperator.cluster.ClusterSurvey;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.SecretTemplate;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.config.ConfigurationCheck;
import dev.patronioperator.config.ConfigurationReading;
import dev.patronioperator.kubernetes.ClientReader;
import dev.patronioperator.manifest.DeprecatedFields;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;

/** The controller's own planner, fed by reading the API server once. Needs no more than the right to read. */
@Singleton
@Unremovable
final class PipelinePlanning implements Planning {

    private final KubernetesClient client;
    private final ConfigurationReading configuration;
    private final ClusterSurvey survey;
    private final PartsPlanning parts;

    PipelinePlanning(
            KubernetesClient client, ConfigurationReading configuration, ClusterSurvey survey, PartsPlanning parts) {
        this.client = client;
        this.configuration = configuration;
        this.survey = survey;
        this.parts = parts;
    }

    @Override
    public String defaultNamespace() {
        return Optional.ofNullable(client.getNamespace()).orElse("default");
    }

    @Override
    public PlannedManifest plan(Postgresql manifest) {
        return switch (configuration.read()) {
            case Known.Unknown<Settings>(String because) -> new PlannedManifest.Failed(because);
            case Known.Value<Settings>(Settings settings) -> plan(manifest, settings);
        };
    }

    private PlannedManifest plan(Postgresql manifest, Settings settings) {
        var metadata = manifest.getMetadata();
        return switch (find(metadata.getNamespace(), metadata.getName())) {
            case Known.Unknown<Optional<Postgresql>>(String because) -> new PlannedManifest.Failed(because);
            case Known.Value<Optional<Postgresql>>(Optional<Postgresql> stored) -> {
                var wanted = asIfStored(manifest, stored);
                var reader = new ClientReader(client);
                var look = survey.look(wanted, settings, reader);
                if (!look.manifest().problems().isEmpty()) {
                    yield new PlannedManifest.Rejected(look.manifest().problems());
                }
                yield switch (look.observed()) {
                    case Known.Unknown<ObservedCluster>(String because) -> new PlannedManifest.Failed(because);
                    case Known.Value<ObservedCluster> ignored ->
                        parts.complete(
                                new PlannedManifest.Planned(
                                        look.plan(), objects(look.desired().orElseThrow()), warnings(manifest, look)),
                                wanted,
                                settings,
                                reader);
                };
            }
        };
    }

    private static List<String> warnings(Postgresql manifest, ClusterLook look) {
        var adjusted = look.manifest().model().stream()
                .flatMap(model -> model.adjustments().stream())
                .map(Object::toString);
        return Stream.concat(DeprecatedFields.of(manifest.getSpec()).stream(), adjusted)
                .toList();
    }

    private static List<HasMetadata> objects(DesiredObjects desired) {
        return Stream.concat(desired.secrets().stream().map(SecretTemplate::secret), desired.objects().stream())
                .toList();
    }

    /** What the API server would hold if the manifest were applied: its identity stays, its generation counts on if the manifest differs. */
    private static Postgresql asIfStored(Postgresql manifest, Optional<Postgresql> stored) {
        var copy = new Postgresql();
        copy.setSpec(manifest.getSpec());
        copy.setMetadata(manifest.getMetadata());
        stored.ifPresent(there -> {
            boolean same = there.getSpec().equals(manifest.getSpec());
            var generation = there.getMetadata().getGeneration();
            copy.setStatus(there.getStatus());
            copy.setMetadata(manifest.getMetadata()
                    .edit()
                    .withUid(there.getMetadata().getUid())
                    .withGeneration(same ? generation : generation + 1)
                    .build());
        });
        if (stored.isEmpty()) {
            copy.setMetadata(manifest.getMetadata()
                    .edit()
                    .withUid("not-stored-yet")
                    .withGeneration(1L)
                    .build());
        }
        return copy;
    }

    @Override
    public Known<Optional<Postgresql>> find(String namespace, String name) {
        return new ClientReader(client).get(Postgresql.class, namespace, name);
    }

    @Override
    public Known<List<Postgresql>> list(Optional<String> namespace) {
        try {
            var all = client.resources(Postgresql.class);
            return Known.of((namespace.isPresent() ? all.inNamespace(namespace.get()) : all.inAnyNamespace())
                    .list()
                    .getItems());
        } catch (KubernetesClientException e) {
            return Known.unknown("the clusters cannot be listed: " + e.getMessage());
        }
    }

    @Override
    public Known<ConfigurationCheck> configuration() {
        return configuration.check();
    }
}
