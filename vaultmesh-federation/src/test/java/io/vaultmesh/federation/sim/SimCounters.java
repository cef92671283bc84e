package io.vaultmesh.federation.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How often each thing happened, over many worlds. Thread-safe. */
final class SimCounters {

    private final Map<Fault, LongAdder> faults = new EnumMap<>(Fault.class);
    private final Map<Treason, LongAdder> treasons = new EnumMap<>(Treason.class);
    private final LongAdder worlds = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final AtomicLong mostPeriods = new AtomicLong();

    SimCounters() {
        for (Fault fault : Fault.values()) {
            faults.put(fault, new LongAdder());
        }
        for (Treason treason : Treason.values()) {
            treasons.put(treason, new LongAdder());
        }
    }

    void count(Fault fault) {
        faults.get(fault).increment();
    }

    void count(Treason treason) {
        treasons.get(treason).increment();
    }

    void message() {
        messages.increment();
    }

    void conflicts(int count) {
        conflicts.add(count);
    }

    /** A world agreed, after so many periods without faults. */
    void agreed(int periods) {
        worlds.increment();
        mostPeriods.accumulateAndGet(periods, Math::max);
    }

    long worlds() {
        return worlds.sum();
    }

    /** What never happened. */
    List<Object> missing() {
        List<Object> missing = new ArrayList<>();
        faults.forEach((fault, count) -> {
            if (count.sum() == 0) {
                missing.add(fault);
            }
        });
        treasons.forEach((treason, count) -> {
            if (count.sum() == 0) {
                missing.add(treason);
            }
        });
        if (conflicts.sum() == 0) {
            missing.add("conflicts");
        }
        return missing;
    }

    @Override
    public String toString() {
        return worlds + " worlds agreed, after at most " + mostPeriods + " periods without faults; " + messages
                + " messages; faults " + new TreeMap<>(faults) + "; treason " + new TreeMap<>(treasons) + "; conflicts "
                + conflicts;
    }
}
