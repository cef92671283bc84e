package io.vaultmesh.scheduler.metrics;

import io.micrometer.core.instrument.Clock;
import io.vaultmesh.scheduler.ops.SchedulerSnapshot;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A snapshot that is at most a second old: one page has hundreds of values, and needs one snapshot. Thread-safe. */
final class LatestSnapshot implements Supplier<SchedulerSnapshot> {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<SchedulerSnapshot> source;
    private final Clock clock;
    private @Nullable SchedulerSnapshot last; // guarded by this
    private long at; // guarded by this

    LatestSnapshot(Supplier<SchedulerSnapshot> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    synchronized SchedulerSnapshot renewed() {
        last = null;
        return get();
    }

    @Override
    public synchronized SchedulerSnapshot get() {
        long now = clock.monotonicTime();
        SchedulerSnapshot known = last;
        if (known == null || now - at >= FRESH) {
            known = source.get();
            last = known;
            at = now;
        }
        return known;
    }
}
