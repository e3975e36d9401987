package dev.patronioperator.settings;

/** What a changed parameter touches; the classes of the peer's behaviour. A parameter may have several. */
public enum Effect {
    OPERATOR("the operator itself; no object of a cluster changes"),
    ROLLING_UPDATE("the pod template: all database pods are replaced one by one, with a switchover"),
    REPLACEMENT("the StatefulSet's immutable part; pods keep running"),
    ANNOTATIONS("annotations of running pods, without restart"),
    SCALE("the number of pods"),
    PATRONI("Patroni's dynamic configuration; a restart only if Patroni asks for one"),
    SERVICES("Services"),
    DISRUPTION_BUDGETS("PodDisruptionBudgets"),
    SECRETS("Secrets"),
    SERVICE_ACCOUNT("the pods' ServiceAccount"),
    VOLUMES("PersistentVolumeClaims"),
    CRON_JOB("the logical backup's CronJob"),
    POOLER("the connection pooler's Deployment, which rolls its own pods"),
    DATABASE("roles and databases, by SQL"),
    MAJOR_UPGRADE("major version upgrades"),
    NEW_OBJECTS("objects created from now on; existing ones stay"),
    NONE("nothing: accepted, not used"),
    DANGER("identity or data of running clusters: cannot be changed safely while clusters exist");

    private final String text;

    Effect(String text) {
        this.text = text;
    }

    /** What is touched, as it stands in the reference. */
    public String text() {
        return text;
    }
}
