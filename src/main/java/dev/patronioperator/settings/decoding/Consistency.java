package dev.patronioperator.settings.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.MajorVersionUpgradeParameters;
import dev.patronioperator.settings.parameters.PoolerParameters;
import dev.patronioperator.settings.parameters.UsersParameters;

/** Rules that span parameters: each value alone is allowed, together they are not. */
final class Consistency {
    private final Settings settings;
    private final List<Problem> problems = new ArrayList<>();

    private Consistency(Settings settings) {
        this.settings = settings;
    }

    static List<Problem> problems(Settings settings) {
        var rules = new Consistency(settings);
        rules.instanceLimits();
        rules.roles();
        rules.versions();
        rules.secretMount();
        rules.labels();
        return List.copyOf(rules.problems);
    }

    private void instanceLimits() {
        var min = settings.get(GeneralParameters.MIN_INSTANCES);
        var max = settings.get(GeneralParameters.MAX_INSTANCES);
        if (min > 0 && max > 0 && min > max) {
            error(GeneralParameters.MIN_INSTANCES, "must not be above max_instances, which is " + max);
        }
    }

    private void roles() {
        var superuser = settings.get(UsersParameters.SUPER_USERNAME);
        if (settings.get(PoolerParameters.CONNECTION_POOLER_USER).equals(superuser)) {
            error(PoolerParameters.CONNECTION_POOLER_USER, "must be another role than super_username");
        }
        if (settings.get(UsersParameters.REPLICATION_USERNAME).equals(superuser)) {
            error(UsersParameters.REPLICATION_USERNAME, "must be another role than super_username");
        }
    }

    private void versions() {
        var target = settings.get(MajorVersionUpgradeParameters.TARGET_MAJOR_VERSION);
        if (settings.get(MajorVersionUpgradeParameters.MINIMAL_MAJOR_VERSION) > target) {
            error(
                    MajorVersionUpgradeParameters.MINIMAL_MAJOR_VERSION,
                    "must not be above target_major_version, which is " + target);
        }
    }

    private void secretMount() {
        if (settings.get(CloudParameters.ADDITIONAL_SECRET_MOUNT).isPresent()
                && settings.get(CloudParameters.ADDITIONAL_SECRET_MOUNT_PATH).isEmpty()) {
            error(CloudParameters.ADDITIONAL_SECRET_MOUNT, "needs additional_secret_mount_path");
        }
    }

    private void labels() {
        var nameLabel = settings.get(KubernetesParameters.CLUSTER_NAME_LABEL);
        var roleLabel = settings.get(KubernetesParameters.POD_ROLE_LABEL);
        if (nameLabel.equals(roleLabel)) {
            error(KubernetesParameters.POD_ROLE_LABEL, "must be another label than cluster_name_label");
        }
        settings.get(KubernetesParameters.CLUSTER_LABELS).keySet().stream()
                .filter(label -> label.equals(nameLabel) || label.equals(roleLabel))
                .forEach(label -> error(
                        KubernetesParameters.CLUSTER_LABELS,
                        "must not contain " + label + ", which is cluster_name_label or pod_role_label"));
    }

    private <T> void error(Parameter<T> parameter, String message) {
        problems.add(Problem.error(
                parameter.nameIn(settings.source()), Optional.of(parameter.show(settings.get(parameter))), message));
    }
}
