package dev.patronioperator.plan;

/** The port through which a plan acts on the world. Implementations never block on something to happen and never throw for it. */
@FunctionalInterface
public interface Effects {

    Outcome carryOut(PlannedStep step);
}
