package dev.patronioperator.kubernetes.naming;

/**
 * The names of the objects of one cluster.
 *
 * <p>Templates ({@code secret_name_template}, {@code pdb_name_format}, {@code logical_backup_job_prefix}) are configuration and are handed in; everything else is
 * fixed. Placeholders are replaced literally, unknown ones stay.
 *
 * @param cluster {@code metadata.name} of the {@code postgresql} resource
 */
public record Names(String cluster) {

    /** A label value or a DNS label has at most this many characters. */
    public static final int DNS_LABEL_LIMIT = 63;

    /**
     * The longest name a cluster can have: the StatefulSet controller labels its pods {@code controller-revision-hash: <name>-<10 characters>}, and a longer value
     * would be refused when the first pod is made.
     */
    public static final int CLUSTER_LIMIT = DNS_LABEL_LIMIT - 11;

    /** The longest name of a cluster with a replica pooler, whose Service is called {@code <name>-pooler-repl}. */
    public static final int CLUSTER_LIMIT_WITH_REPLICA_POOLER = DNS_LABEL_LIMIT - "-pooler-repl".length();

    /** A CronJob's name must leave room for the suffix of its Jobs. */
    public static final int CRON_JOB_LIMIT = 52;

    /** The claim template, hence the prefix of every claim. */
    public static final String DATA_VOLUME = "pgdata";

    private static final String RESOURCE_KIND = "postgresql";
    private static final String RESOURCE_GROUP = "acid.zalan.do";

    public String statefulSet() {
        return cluster;
    }

    public String pod(int ordinal) {
        return cluster + "-" + ordinal;
    }

    public String dataClaim(int ordinal) {
        return DATA_VOLUME + "-" + pod(ordinal);
    }

    /** The Service of a role; with the Endpoints of the same name. */
    public String service(MemberRole role) {
        return cluster + role.suffix();
    }

    /** An object of Patroni's: ConfigMap or Endpoints, by {@code kubernetes_use_configmaps}; with Endpoints also the Service {@code <cluster>-config}. */
    public String patroni(PatroniObject object) {
        return cluster + object.suffix();
    }

    /** The budget that keeps the primary from being evicted, by {@code pdb_name_format}. */
    public String primaryBudget(String format) {
        return format.replace("{cluster}", cluster);
    }

    /** The budget that keeps every pod in place while something is going on that must not be interrupted. */
    public String criticalOperationBudget() {
        return "postgres-" + cluster + "-critical-op-pdb";
    }

    /** The Secret with the credentials of a role, by {@code secret_name_template}. A name must be a DNS subdomain, hence the hyphens for underscores. */
    public String credentials(String template, String username) {
        return template.replace("{username}", username.replace('_', '-'))
                .replace("{cluster}", cluster)
                .replace("{tprkind}", RESOURCE_KIND)
                .replace("{tprgroup}", RESOURCE_GROUP);
    }

    /** Deployment and Service of a connection pooler. */
    public String pooler(MemberRole role) {
        return cluster + "-pooler" + role.suffix();
    }

    /** The Secret with the user list of a connection pooler. */
    public String poolerUserList(MemberRole role) {
        return pooler(role) + "-u";
    }

    /**
     * The event stream of an application. The peer draws the last characters by lot; ours follow from the application, so that they are the
     * same whenever they are made.
     */
    public String eventStream(String application) {
        var digest = Integer.toUnsignedString(application.hashCode(), Character.MAX_RADIX);
        return cluster + "-" + "00000".concat(digest).substring(digest.length());
    }

    /** The CronJob of the logical backup, by {@code logical_backup_job_prefix}. */
    public String backupJob(String prefix) {
        var name = prefix + cluster;
        return stripTrailingHyphens(name.length() > CRON_JOB_LIMIT ? name.substring(0, CRON_JOB_LIMIT) : name);
    }

    private static String stripTrailingHyphens(String name) {
        var end = name.length();
        while (end > 0 && name.charAt(end - 1) == '-') {
            end--;
        }
        return name.substring(0, end);
    }
}
