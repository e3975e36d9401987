package dev.patronioperator.cluster.planning;

import java.util.Set;

import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.plan.Reason;

/**
 * What the configuration says about pods that differ from their template.
 *
 * @param lazyImages {@code enable_lazy_spilo_upgrade}: another image alone is no reason to make a pod anew
 */
public record RolloutRules(boolean lazyImages) {

    private static final Set<String> IMAGES = Set.of("spec.containers[].image", "spec.initContainers[].image");

    /** Whether this difference can wait until the pod is made anew for another reason. A pod that does not run has nothing to lose. */
    boolean canWait(Reason difference, ObservedInstance instance) {
        return lazyImages
                && instance.isRunning()
                && difference
                        .path()
                        .filter(path -> IMAGES.contains(path.pattern()))
                        .isPresent();
    }
}
