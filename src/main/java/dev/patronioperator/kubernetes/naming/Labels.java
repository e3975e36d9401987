package dev.patronioperator.kubernetes.naming;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labels of one cluster's objects.
 *
 * <p>There are two sets. The <em>selector</em> ({@code cluster_labels} and the cluster's name) identifies the cluster: it is immutable in a StatefulSet and is what pods,
 * claims and budgets are found by. The <em>full</em> set adds the team and what the manifest passes on, and may change any day.
 *
 * @param cluster the cluster's name
 * @param team {@code teamId}, the value of {@code team}
 * @param common {@code cluster_labels}
 * @param nameKey {@code cluster_name_label}
 * @param roleKey {@code pod_role_label}
 * @param inherited labels of the manifest whose key is in {@code inherited_labels}
 */
public record Labels(
        String cluster,
        String team,
        Map<String, String> common,
        String nameKey,
        String roleKey,
        Map<String, String> inherited) {

    public static final String TEAM = "team";
    public static final String APPLICATION = "application";
    public static final String POOLER = "connection-pooler";
    public static final String CRITICAL_OPERATION = "critical-operation";

    /** The value of {@link #APPLICATION} on everything of poolers. */
    public static final String POOLER_APPLICATION = "db-connection-pooler";

    /** The value of {@link #APPLICATION} on everything of logical backups. */
    public static final String BACKUP_APPLICATION = "spilo-logical-backup";

    /** Sorted: these end up as text in the pods' environment, too. */
    public Labels {
        common = Collections.unmodifiableMap(new TreeMap<>(common));
        inherited = Collections.unmodifiableMap(new TreeMap<>(inherited));
    }

    /** What identifies the cluster's pods. */
    public Map<String, String> selector() {
        return with(common, Map.of(nameKey, cluster));
    }

    /** The labels of the cluster's objects. An inherited label wins over a configured one of the same key, as it always did. */
    public Map<String, String> full() {
        return with(with(selector(), Map.of(TEAM, team)), inherited);
    }

    /** What identifies the pods of one role. */
    public Map<String, String> selector(MemberRole role) {
        return with(selector(), Map.of(roleKey, role.labelValue()));
    }

    /** The labels of an object that stands for one role. */
    public Map<String, String> full(MemberRole role) {
        return with(full(), Map.of(roleKey, role.labelValue()));
    }

    /** What identifies pods that must not be evicted now. Patroni sets the label during bootstrap, the operator during a major upgrade. */
    public Map<String, String> criticalOperationSelector() {
        return with(selector(), Map.of(CRITICAL_OPERATION, "true"));
    }

    /** What identifies the pods of a pooler. The other {@code application} keeps them out of the database's own Services. */
    public Map<String, String> poolerSelector(MemberRole role) {
        return with(selector(), poolerMarks(role));
    }

    /** The labels of a pooler's objects. */
    public Map<String, String> poolerFull(MemberRole role) {
        return with(full(role), poolerMarks(role));
    }

    /** What identifies everything of the cluster's poolers. */
    public Map<String, String> poolerSelector() {
        return Map.of(nameKey, cluster, APPLICATION, POOLER_APPLICATION);
    }

    /** What identifies everything of the cluster's logical backup. */
    public Map<String, String> backupSelector() {
        return Map.of(nameKey, cluster, APPLICATION, BACKUP_APPLICATION);
    }

    /** The labels of the logical backup's CronJob, Jobs and pods. */
    public Map<String, String> backup() {
        return with(full(), Map.of(APPLICATION, BACKUP_APPLICATION));
    }

    private Map<String, String> poolerMarks(MemberRole role) {
        return Map.of(APPLICATION, POOLER_APPLICATION, POOLER, new Names(cluster).pooler(role));
    }

    private static Map<String, String> with(Map<String, String> base, Map<String, String> more) {
        var sorted = new TreeMap<>(base);
        sorted.putAll(more);
        return Collections.unmodifiableMap(sorted);
    }
}
