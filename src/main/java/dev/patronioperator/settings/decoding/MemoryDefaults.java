package dev.patronioperator.settings.decoding;

import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Quantity;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.PodResourcesParameters;
import dev.patronioperator.settings.parameters.ScalyrParameters;

/**
 * Defaults of memory under {@code set_memory_request_to_limit} of a ConfigMap. The peer raises the default request to the default limit
 * when it reads them, from a ConfigMap only: a manifest that limits memory to less than that gets more than it asks for. Pods that run
 * were made that way, and must not be made anew with less.
 */
final class MemoryDefaults {

    private MemoryDefaults() {}

    static Decoded raised(Decoded decoded) {
        if (!decoded.settings().get(GeneralParameters.SET_MEMORY_REQUEST_TO_LIMIT)) {
            return decoded;
        }
        var raised = raised(
                decoded, PodResourcesParameters.DEFAULT_MEMORY_REQUEST, PodResourcesParameters.DEFAULT_MEMORY_LIMIT);
        return decoded.settings().get(ScalyrParameters.SCALYR_API_KEY).isPresent()
                ? raised(raised, ScalyrParameters.SCALYR_MEMORY_REQUEST, ScalyrParameters.SCALYR_MEMORY_LIMIT)
                : raised;
    }

    private static Decoded raised(
            Decoded decoded, Parameter<Optional<Quantity>> request, Parameter<Optional<Quantity>> limit) {
        var settings = decoded.settings();
        var most = settings.get(limit);
        if (most.isEmpty()
                || settings.get(request).filter(it -> isBelow(it, most.get())).isEmpty()) {
            return decoded;
        }
        var said = Problem.warning(
                request.key(),
                "is raised to " + most.get() + ", which is " + limit.key() + ": set_memory_request_to_limit is on");
        return new Decoded(
                settings.with(request, most),
                Stream.concat(decoded.problems().stream(), Stream.of(said)).toList());
    }

    private static boolean isBelow(Quantity one, Quantity other) {
        return one.getNumericalAmount().compareTo(other.getNumericalAmount()) < 0;
    }
}
