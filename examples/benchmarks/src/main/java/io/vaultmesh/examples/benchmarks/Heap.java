package io.vaultmesh.examples.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts what the heap of the benchmark's process holds. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Heap {

    private static final int COLLECTIONS = 3;

    /** What was held when it was counted; a name that {@link Metric#HEAP} reads. */
    public long bytes;

    /** Counts, while {@code held} is held. */
    void countWith(Object held) {
        try {
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }
            bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        } finally {
            Reference.reachabilityFence(held);
        }
    }
}
