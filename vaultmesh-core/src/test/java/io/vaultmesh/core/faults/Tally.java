package io.vaultmesh.core.faults;

import java.util.concurrent.atomic.AtomicLong;

/** What was done and checked: a suite that did nothing must not pass. Thread-safe. */
final class Tally {

    private final AtomicLong appends = new AtomicLong();
    private final AtomicLong checkpoints = new AtomicLong();
    private final AtomicLong opened = new AtomicLong();

    void appends(long count) {
        appends.addAndGet(count);
    }

    void checkpoints(long count) {
        checkpoints.addAndGet(count);
    }

    void opened() {
        opened.incrementAndGet();
    }

    long appends() {
        return appends.get();
    }

    long checkpoints() {
        return checkpoints.get();
    }

    @Override
    public String toString() {
        return "%,d acknowledged appends, %,d checkpoints and %,d reopened logs checked"
                .formatted(appends.get(), checkpoints.get(), opened.get());
    }
}
