package dev.patronioperator.cluster.status;

/**
 * The one word for the whole cluster that the peer writes; tools look at it. Ours follow from the conditions, so that {@code Running}
 * means that the cluster is as the manifest says.
 */
enum StatusWord {
    CREATING("Creating"),
    UPDATING("Updating"),
    RUNNING("Running"),
    CREATE_FAILED("CreateFailed"),
    UPDATE_FAILED("UpdateFailed"),
    SYNC_FAILED("SyncFailed"),
    INVALID("Invalid");

    private final String value;

    StatusWord(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }

    /** Whether a cluster with this word has run before; an unknown or absent word means that it has not. */
    static boolean hasRun(String word) {
        return RUNNING.value.equals(word)
                || UPDATING.value.equals(word)
                || UPDATE_FAILED.value.equals(word)
                || SYNC_FAILED.value.equals(word);
    }
}
