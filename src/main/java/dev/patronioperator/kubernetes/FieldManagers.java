package dev.patronioperator.kubernetes;

import java.util.Set;

/** Under which names fields of objects are owned. */
public final class FieldManagers {

    /** Our own. */
    public static final String OURS = "patroni-operator";

    /** What the peer's client calls itself, so that what it once wrote and nobody wants any more can be recognised. */
    private static final Set<String> PREDECESSORS = Set.of("postgres-operator");

    private FieldManagers() {}

    /** Whether fields of this manager are ours to remove. */
    public static boolean areOurs(String manager) {
        return OURS.equals(manager) || PREDECESSORS.contains(manager);
    }
}
