package io.vaultmesh.core.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.build.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Every system call that a log makes on its files fails once, at each of its occurrences in turn, or kills the process. {@code
 * -Dfaults.seconds=<n>} sets how long; 0 is until all were tried. Then the order doesn't matter, else it is shuffled.
 */
class SystemCallFaults {

    private static final int SEED = 7; // of the calls; any will do
    private static final int FEWEST = 40;
    private static final int SHOWN = 20;

    private final long nanos =
            Duration.ofSeconds(Integer.getInteger("faults.seconds", 95)).toNanos();
    private final Map<String, Integer> injected = new ConcurrentSkipListMap<>();
    private final AtomicInteger missed = new AtomicInteger();
    private final Tally tally = new Tally();

    @Test
    void noFailingSystemCallLosesWhatWasAcknowledged() throws Exception {
        OutsideProgram.require("strace");
        Workbench bench = Workbench.of("system-calls");
        ChildJvm jvm = new ChildJvm(bench.directory("jvm"));
        List<Fault> faults = faults(jvm, bench);
        Queue<Fault> queue = new ConcurrentLinkedQueue<>(faults);
        long start = System.nanoTime();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger met = new AtomicInteger();
        bench.inLanes(lane -> {
            Scripted scripted = new Scripted(jvm, bench.lane(lane), SEED);
            scripted.watch();
            for (Fault fault = queue.poll(); fault != null; fault = queue.poll()) {
                if (nanos > 0
                        && System.nanoTime() - start > nanos
                        && met.get() >= 2 * FEWEST) { // or the machine is slow
                    return;
                }
                meet(scripted, fault, failures);
                met.incrementAndGet();
            }
        });
        failures.stream().limit(SHOWN).forEach(Throwable::printStackTrace);
        assertEquals(0, failures.size(), "with seed " + TestSeed.value());
        int survived = injected.values().stream().mapToInt(Integer::intValue).sum();
        bench.close("%,d of %,d faults injected and survived %s, %d missed: %s"
                .formatted(survived, faults.size(), injected, missed.get(), tally));
        assertTrue(survived >= FEWEST && survived > 9 * missed.get(), survived + " faults, missed " + missed);
        assertTrue(tally.appends() > survived, tally::toString);
    }

    private static List<Fault> faults(ChildJvm jvm, Workbench bench) throws IOException, InterruptedException {
        SortedMap<String, Integer> occurrences =
                new TreeMap<>(new Scripted(jvm, bench.directory("reference"), SEED).watch());
        System.out.println("system-calls: " + occurrences);
        List<Fault> faults = new ArrayList<>();
        occurrences.forEach((call, count) -> {
            for (int occurrence = 1; occurrence <= count; occurrence++) {
                faults.addAll(Fault.of(call, occurrence));
            }
        });
        Collections.shuffle(faults, new Random(TestSeed.value()));
        return faults;
    }

    private void meet(Scripted scripted, Fault fault, List<Throwable> failures)
            throws IOException, InterruptedException {
        try {
            if (scripted.meet(fault, new Ledger(new Random(TestSeed.value()), tally))) {
                injected.merge(fault.call(), 1, Integer::sum);
            } else {
                missed.incrementAndGet();
            }
        } catch (AssertionError | RuntimeException e) {
            Path errors = scripted.errors();
            failures.add(new AssertionError(
                    fault.option() + "; the child said " + scripted.said()
                            + (Files.exists(errors) ? Files.readString(errors) : ""),
                    e));
        }
    }
}
