package dev.patronioperator.cluster.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.api.SidecarSpec;
import dev.patronioperator.manifest.ContainerResources;
import dev.patronioperator.manifest.ContainerResources.Amounts;
import dev.patronioperator.manifest.ContainerResources.Rules;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.Variables;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.ScalyrParameters;

/**
 * A container beside PostgreSQL's.
 *
 * @param container what its source says; mounts and variables that every sidecar gets come later
 */
public record Sidecar(Container container) {

    private static final String PULL_POLICY = "IfNotPresent";

    /** From the manifest, the configuration's containers, its images, and Scalyr; the first of a name counts. */
    static List<Sidecar> all(PostgresqlSpec spec, Settings settings, Identity identity) {
        var byName = new LinkedHashMap<String, Sidecar>();
        var sources = new ArrayList<Container>();
        sources.addAll(ofManifest(Given.list(spec.sidecars()), settings));
        sources.addAll(settings.get(GeneralParameters.SIDECARS));
        sources.addAll(ofImages(settings));
        ofScalyr(settings, identity).ifPresent(sources::add);
        sources.forEach(container -> byName.putIfAbsent(container.getName(), new Sidecar(container)));
        return List.copyOf(byName.values());
    }

    private static List<Container> ofManifest(List<SidecarSpec> sidecars, Settings settings) {
        return IntStream.range(0, sidecars.size())
                .mapToObj(index -> ofManifest(sidecars.get(index), index, settings))
                .toList();
    }

    private static Container ofManifest(SidecarSpec sidecar, int index, Settings settings) {
        var field = "spec.sidecars[" + index + "].resources";
        return new ContainerBuilder()
                .withName(Given.text(sidecar.name()).orElse("sidecar-" + index))
                .withImage(sidecar.image())
                .withImagePullPolicy(PULL_POLICY)
                .withCommand(sidecar.command())
                .withPorts(sidecar.ports())
                .withEnv(sidecar.env())
                .withResources(ResourceRules.sidecar(sidecar.resources(), field, settings)
                        .requirements())
                .build();
    }

    private static List<Container> ofImages(Settings settings) {
        Map<String, String> images = new TreeMap<>(settings.get(GeneralParameters.SIDECAR_DOCKER_IMAGES));
        return images.entrySet().stream()
                .map(entry -> new ContainerBuilder()
                        .withName(entry.getKey())
                        .withImage(entry.getValue())
                        .withImagePullPolicy(PULL_POLICY)
                        .withResources(ResourceRules.sidecar(null, "", settings).requirements())
                        .build())
                .toList();
    }

    private static Optional<Container> ofScalyr(Settings settings, Identity identity) {
        return settings.get(ScalyrParameters.SCALYR_API_KEY).flatMap(key -> settings.get(ScalyrParameters.SCALYR_IMAGE)
                .map(image -> ofScalyr(key, image, settings, identity)));
    }

    private static Container ofScalyr(String apiKey, String image, Settings settings, Identity identity) {
        var env = new ArrayList<EnvVar>();
        env.add(Variables.of("SCALYR_API_KEY", apiKey));
        env.add(Variables.of("SCALYR_SERVER_HOST", identity.name()));
        Given.text(settings.get(ScalyrParameters.SCALYR_SERVER_URL))
                .ifPresent(url -> env.add(Variables.of("SCALYR_SERVER_URL", url)));
        var rules = Rules.unbounded(
                settings,
                Amounts.of(settings, ScalyrParameters.SCALYR_CPU_REQUEST, ScalyrParameters.SCALYR_MEMORY_REQUEST)
                        .or(ResourceRules.defaultRequests(settings)),
                Amounts.of(settings, ScalyrParameters.SCALYR_CPU_LIMIT, ScalyrParameters.SCALYR_MEMORY_LIMIT)
                        .or(ResourceRules.defaultLimits(settings)));
        return new ContainerBuilder()
                .withName("scalyr-sidecar")
                .withImage(image)
                .withImagePullPolicy(PULL_POLICY)
                .withEnv(env)
                .withResources(ContainerResources.of(null, "", rules).requirements())
                .build();
    }
}
