package dev.patronioperator.cluster.validate;

/** Looks at one concern of a manifest. Must not fail on anything that is absent or odd: others look at that. */
@FunctionalInterface
interface SpecCheck {

    void check(Subject subject, Problems problems);
}
