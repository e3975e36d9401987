package dev.patronioperator.cluster.planning;

import java.util.Map;
import java.util.Set;

import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.StorageResizeMode;

/**
 * What the configuration says about pods that differ from their template, volumes that are too small, and nodes that are
 * emptied.
 *
 * @param lazyImages {@code enable_lazy_spilo_upgrade}: another image alone is no reason to make a pod anew
 * @param keepsIamRole pods have got their AWS role another way ({@code irsa_role_arn}), but those that run still use kube2iam's
 * @param keepsVolumes {@code storage_resize_mode: off}: somebody else makes volumes grow
 * @param readyNodes {@code node_readiness_label}: a cordoned node that has all of them is not about to be emptied
 */
public record RolloutRules(
        boolean lazyImages, boolean keepsIamRole, boolean keepsVolumes, Map<String, String> readyNodes) {

    private static final Set<String> IMAGES = Set.of("spec.containers[].image", "spec.initContainers[].image");

    /** Every difference counts, and at once. */
    public static final RolloutRules EAGER = new RolloutRules(false, false, false);

    public RolloutRules {
        readyNodes = Map.copyOf(readyNodes);
    }

    /** Where every cordoned node is about to be emptied. */
    public RolloutRules(boolean lazyImages, boolean keepsIamRole, boolean keepsVolumes) {
        this(lazyImages, keepsIamRole, keepsVolumes, Map.of());
    }

    public static RolloutRules of(Settings settings) {
        return new RolloutRules(
                settings.get(GeneralParameters.ENABLE_LAZY_SPILO_UPGRADE),
                settings.get(CloudParameters.IRSA_ROLE_ARN).isPresent(),
                settings.get(KubernetesParameters.STORAGE_RESIZE_MODE) == StorageResizeMode.OFF,
                settings.get(KubernetesParameters.NODE_READINESS_LABEL));
    }

    /** Whether this difference can wait until the pod is made anew for another reason. A pod that does not run has nothing to lose. */
    boolean canWait(Reason difference, ObservedInstance instance) {
        return instance.isRunning() && difference.path().filter(this::canWait).isPresent();
    }

    /** Whether a difference at this place of a pod can wait. */
    boolean canWait(FieldPath path) {
        return lazyImages && IMAGES.contains(path.pattern());
    }
}
