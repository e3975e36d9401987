package dev.patronioperator.cluster.model;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.ResourcesSpec;
import dev.patronioperator.manifest.ContainerResources;
import dev.patronioperator.manifest.ContainerResources.Amounts;
import dev.patronioperator.manifest.ContainerResources.Rules;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.PodResourcesParameters;

/** The configured defaults and bounds of a member's containers. */
final class ResourceRules {

    private ResourceRules() {}

    /** The PostgreSQL container has defaults and bounds; an annotation exempts a cluster from the bounds. */
    static ContainerResources postgres(Postgresql manifest, Settings settings) {
        var unbounded = unbounded(settings);
        var rules = exempt(manifest, settings)
                ? unbounded
                : new Rules(
                        unbounded.requests(),
                        unbounded.limits(),
                        Amounts.of(
                                settings,
                                PodResourcesParameters.MIN_CPU_LIMIT,
                                PodResourcesParameters.MIN_MEMORY_LIMIT),
                        Amounts.of(
                                settings,
                                PodResourcesParameters.MAX_CPU_REQUEST,
                                PodResourcesParameters.MAX_MEMORY_REQUEST),
                        unbounded.memoryRequestToLimit());
        return ContainerResources.of(manifest.getSpec().resources(), "spec.resources", rules);
    }

    static ContainerResources sidecar(ResourcesSpec spec, String field, Settings settings) {
        return ContainerResources.of(spec, field, unbounded(settings));
    }

    static Amounts defaultRequests(Settings settings) {
        return Amounts.of(
                settings, PodResourcesParameters.DEFAULT_CPU_REQUEST, PodResourcesParameters.DEFAULT_MEMORY_REQUEST);
    }

    static Amounts defaultLimits(Settings settings) {
        return Amounts.of(
                settings, PodResourcesParameters.DEFAULT_CPU_LIMIT, PodResourcesParameters.DEFAULT_MEMORY_LIMIT);
    }

    private static Rules unbounded(Settings settings) {
        return Rules.unbounded(settings, defaultRequests(settings), defaultLimits(settings));
    }

    private static boolean exempt(Postgresql manifest, Settings settings) {
        return settings.get(GeneralParameters.IGNORE_RESOURCES_LIMITS_ANNOTATION_KEY)
                .map(key -> Given.map(manifest.getMetadata().getAnnotations()).get(key))
                .filter("true"::equals)
                .isPresent();
    }
}
