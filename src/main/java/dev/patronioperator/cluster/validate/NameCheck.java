package dev.patronioperator.cluster.validate;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** The name of the cluster, which names all its objects, and the team, which labels them. */
final class NameCheck implements SpecCheck {

    @Override
    public void check(Subject subject, Problems problems) {
        var name = subject.name();
        if (problems.present("metadata.name", name, "the name of the cluster")) {
            checkForm(subject, name, problems);
        }
        var team = subject.spec().teamId();
        problems.matches(
                "spec.teamId",
                team,
                Forms.LABEL_VALUE,
                "cannot be the value of a label: letters, digits, -, _ and ., starting "
                        + "and ending with a letter or digit, at most 63 characters");
        labels(subject, problems);
        if (name != null && subject.setting(GeneralParameters.ENABLE_TEAM_ID_CLUSTERNAME_PREFIX)) {
            checkPrefix(name, team == null ? "" : team, problems);
        }
    }

    private static void checkForm(Subject subject, String name, Problems problems) {
        problems.matches(
                "metadata.name",
                name,
                Forms.SERVICE_NAME,
                "cannot name Services: a-z, 0-9 and -, starting with a letter, no " + "dots");
        boolean replicaPooler = Boolean.TRUE.equals(subject.spec().enableReplicaConnectionPooler());
        int limit = replicaPooler ? Names.CLUSTER_LIMIT_WITH_REPLICA_POOLER : Names.CLUSTER_LIMIT;
        if (name.length() > limit) {
            problems.refuse(
                    "metadata.name",
                    name,
                    "has " + name.length() + " characters; at most " + limit + " are possible"
                            + (replicaPooler ? " with a replica pooler" : "")
                            + ", since Kubernetes allows 63 with what is appended");
        }
    }

    /** A label that pods are found by keeps its value, or the StatefulSet would not find its own. */
    private static void labels(Subject subject, Problems problems) {
        var metadata = subject.manifest().getMetadata();
        var labels = metadata == null || metadata.getLabels() == null ? Map.<String, String>of() : metadata.getLabels();
        var fixed = new TreeMap<>(subject.setting(KubernetesParameters.CLUSTER_LABELS));
        fixed.put(subject.setting(KubernetesParameters.CLUSTER_NAME_LABEL), String.valueOf(subject.name()));
        subject.setting(KubernetesParameters.INHERITED_LABELS).stream()
                .filter(key -> fixed.containsKey(key) && labels.containsKey(key))
                .filter(key -> !fixed.get(key).equals(labels.get(key)))
                .forEach(key -> problems.refuse(
                        "metadata.labels[" + key + "]",
                        labels.get(key),
                        "cannot be inherited: pods are found by " + key + "=" + fixed.get(key)));
    }

    private static void checkPrefix(String name, String team, Problems problems) {
        if (team.isEmpty()) {
            problems.refuse("spec.teamId", "is empty: enable_team_id_clustername_prefix asks for a team");
            return;
        }
        var prefix = team.toLowerCase(Locale.ROOT) + "-";
        if (name.length() <= prefix.length() || !name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
            problems.refuse(
                    "metadata.name",
                    name,
                    "does not begin with \"" + prefix + "\" and go on: "
                            + "enable_team_id_clustername_prefix asks for the team in front");
        }
    }
}
