package dev.patronioperator.testkit.world;

/** The operator dies here; thrown right after an effect so that nothing that follows it happens. */
public final class OperatorKilled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OperatorKilled(String effect) {
        super("killed after: " + effect);
    }
}
