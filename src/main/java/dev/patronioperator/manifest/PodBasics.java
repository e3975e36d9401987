package dev.patronioperator.manifest;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * What every pod of a cluster has, be it a member, a pooler or a backup.
 *
 * @param annotations those of the configuration, of the manifest's podAnnotations, and the inherited ones
 * @param iamRole the AWS role kube2iam lends to pods that reach the archive
 * @param graceSeconds how long a pod may take to stop
 * @param runAsUser of members and backups; poolers have their own
 */
public record PodBasics(
        Map<String, String> annotations,
        Optional<String> iamRole,
        String serviceAccount,
        long graceSeconds,
        Optional<Long> runAsUser,
        Optional<Long> runAsGroup,
        Optional<Long> fsGroup) {

    public static PodBasics of(PostgresqlSpec spec, Settings settings, Identity identity) {
        var annotations = new TreeMap<>(settings.get(KubernetesParameters.CUSTOM_POD_ANNOTATIONS));
        annotations.putAll(Given.map(spec.podAnnotations()));
        annotations.putAll(identity.inheritedAnnotations());
        return new PodBasics(
                annotations,
                settings.get(CloudParameters.KUBE_IAM_ROLE),
                settings.get(KubernetesParameters.POD_SERVICE_ACCOUNT_NAME),
                settings.get(KubernetesParameters.POD_TERMINATE_GRACE_PERIOD).toSeconds(),
                Optional.ofNullable(spec.spiloRunAsUser()).or(() -> settings.get(KubernetesParameters.SPILO_RUNASUSER)),
                Optional.ofNullable(spec.spiloRunAsGroup())
                        .or(() -> settings.get(KubernetesParameters.SPILO_RUNASGROUP)),
                Optional.ofNullable(spec.spiloFSGroup()).or(() -> settings.get(KubernetesParameters.SPILO_FSGROUP)));
    }

    /** Annotations of pods that reach the archive: members and backups. */
    public Map<String, String> annotationsWithIamRole() {
        var all = new TreeMap<>(annotations);
        iamRole.ifPresent(role -> all.put(Annotations.KUBE_IAM_ROLE, role));
        return all;
    }

    /** Users and groups of members and backups. */
    public PodSecurityContext securityContext() {
        return new PodSecurityContextBuilder()
                .withRunAsUser(runAsUser.orElse(null))
                .withRunAsGroup(runAsGroup.orElse(null))
                .withFsGroup(fsGroup.orElse(null))
                .build();
    }
}
