package dev.patronioperator.api;

/**
 * Rules (CEL) for values whose form the Zalando operator's CRD accepts and which it then cannot run. Each stands at the value it judges:
 * the API server does not ask again about a value that an update leaves as it was, so an object stored before the rule stays editable.
 */
final class Rules {

    /** {@code 100K} and {@code 1e3Gi} have the form of Formats#MEMORY but are no quantities of Kubernetes. */
    static final String QUANTITY = "!self.matches('K$|e[0-9]+[EPTGMK]i?$')";

    static final String QUANTITY_MESSAGE =
            "not a quantity of Kubernetes: write Ki (1024 bytes) instead of K, and no suffix after an exponent";

    static final String WINDOW_TEXT =
            "self.all(w, w.matches('^([A-Z][a-z]{2}:)?[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}$'))";

    static final String WINDOW_TEXT_MESSAGE =
            "a maintenance window is HH:MM-HH:MM or Day:HH:MM-HH:MM, with two digits for minutes and no blanks";

    /** A window is compared minute by minute of one day, in UTC. What has no valid form is left to the other rule. */
    static final String WINDOW_ORDER =
            "self.all(w, !w.matches('^([A-Z][a-z]{2}:)?[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}$') || "
                    + "(w.split(':').size() == 4 ? w.substring(4) : w).split('-').map(t, "
                    + "int(t.split(':')[0]) * 60 + int(t.split(':')[1])).isSorted())";

    static final String WINDOW_ORDER_MESSAGE =
            "a maintenance window ends on the day it begins: split one over midnight in two, such as "
                    + "23:00-23:59 and 00:00-01:00";

    private Rules() {}
}
