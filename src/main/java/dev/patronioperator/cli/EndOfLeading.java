package dev.patronioperator.cli;

import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import dev.patronioperator.kubernetes.HeldLease;

/**
 * What a process does when it no longer leads. One that ends in order gives its lease back, so that its successor acts at once instead
 * of waiting until the lease runs out. One that has lost it ends at once: another may already act.
 *
 * @param isInOrder whether the process has been told to end
 * @param endProcess ends it without anything that could still write
 */
record EndOfLeading(HeldLease lease, BooleanSupplier isInOrder, Runnable endProcess) implements Runnable {

    private static final Logger LOG = Logger.getLogger(EndOfLeading.class);

    @Override
    public void run() {
        if (isInOrder.getAsBoolean()) {
            lease.giveBack();
        } else {
            LOG.errorf("The lease %s was lost; the process ends so that only one operator acts", lease);
            endProcess.run();
        }
    }
}
