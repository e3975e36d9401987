package dev.patronioperator.testkit;

import java.util.concurrent.Callable;
import java.util.function.IntSupplier;

/** True while a number stays what it was when last looked at; for Awaitility's {@code during}. */
final class UnchangedCount implements Callable<Boolean> {

    private final IntSupplier count;
    private int last = -1;

    UnchangedCount(IntSupplier count) {
        this.count = count;
    }

    @Override
    public Boolean call() {
        var now = count.getAsInt();
        var same = now == last;
        last = now;
        return same;
    }
}
