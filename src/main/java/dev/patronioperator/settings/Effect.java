package dev.patronioperator.settings;

import dev.patronioperator.plan.Impact;

/** What a changed parameter touches; the classes of the peer's behaviour. A parameter may have several. */
public enum Effect {
    OPERATOR(Impact.NONE, "the operator itself; no object of a cluster changes"),
    ROLLING_UPDATE(Impact.RECREATE, "the pod template: all database pods are replaced one by one, with a switchover"),
    REPLACEMENT(Impact.NONE, "the StatefulSet's immutable part; pods keep running"),
    ANNOTATIONS(Impact.NONE, "labels and annotations of running pods, without restart"),
    SCALE(Impact.RECREATE, "the number of pods"),
    PATRONI(Impact.RELOAD, "Patroni's dynamic configuration; a restart only if Patroni asks for one"),
    SERVICES(Impact.NONE, "Services"),
    DISRUPTION_BUDGETS(Impact.NONE, "PodDisruptionBudgets"),
    SECRETS(Impact.NONE, "Secrets"),
    SERVICE_ACCOUNT(Impact.NONE, "the pods' ServiceAccount"),
    VOLUMES(Impact.NONE, "PersistentVolumeClaims"),
    CRON_JOB(Impact.NONE, "the logical backup's CronJob"),
    POOLER(Impact.RECREATE, "the connection pooler's Deployment, which rolls its own pods"),
    DATABASE(Impact.NONE, "roles and databases, by SQL"),
    MAJOR_UPGRADE(Impact.OUTAGE, "major version upgrades"),
    NEW_OBJECTS(Impact.NONE, "objects created from now on; existing ones stay"),
    NONE(Impact.NONE, "nothing: accepted, not used"),
    DANGER(
            Impact.FORBIDDEN,
            "identity or data of running clusters: cannot be changed safely while clusters exist, which keep the old value");

    private final Impact impact;
    private final String text;

    Effect(Impact impact, String text) {
        this.impact = impact;
        this.text = text;
    }

    /** What it costs a running cluster that the change counts for. */
    public Impact impact() {
        return impact;
    }

    /** What is touched, as it stands in the reference. */
    public String text() {
        return text;
    }
}
