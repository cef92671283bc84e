package io.vaultmesh.core.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.SimulatedDisk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A log on a disk whose power fails at random moments; what wasn't forced is lost, kept, or kept in part. Between power losses
 * the process is killed at times, so that what was written and never forced is taken for what is there. {@code
 * -Dfaults.points=<n>} sets how often, {@code -Dfaults.disk=<n>} repeats what happened to one disk.
 */
class PowerLossFaults {

    private static final Duration[] INTERVALS = {Duration.ZERO, Duration.ofMillis(1), Duration.ofDays(1)};

    private final int points = Integer.getInteger("faults.points", 5_000);
    private final int only = Integer.getInteger("faults.disk", -1);
    private final AtomicInteger disks = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();
    private final Map<String, Integer> moments = new TreeMap<>();
    private final Tally tally = new Tally();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    /** Threads of the log die with their process, and of nothing else. */
    @BeforeEach
    void listenToThreads() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!SimulatedDisk.isTheEnd(failure)) {
                failure.printStackTrace();
                broken.add(thread.getName() + ": " + failure);
            }
        });
    }

    @AfterEach
    void listenNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(null);
        assertEquals(List.of(), List.copyOf(broken));
    }

    @Test
    void everyAcknowledgedAppendSurvivesPowerLoss() throws Exception {
        Workbench bench = Workbench.of("power-loss");
        if (only >= 0) {
            sufferOn(only);
            return;
        }
        bench.inLanes(lane -> {
            while (checked.get() < points) {
                sufferOn(disks.getAndIncrement());
            }
        });
        bench.close("%,d power losses and kills on %,d disks survived %s: %s"
                .formatted(checked.get(), disks.get(), moments, tally));
        assertTrue(checked.get() >= points && points > 0, "points: " + checked);
        assertTrue(tally.appends() > points, tally::toString);
        assertTrue(moments.keySet().size() == 4, "every kind of moment was met: " + moments);
    }

    private void sufferOn(int number) {
        SplittableRandom random = new SplittableRandom(TestSeed.value() + 0x9E3779B97F4A7C15L * number);
        SimulatedDisk disk = new SimulatedDisk(random.nextLong());
        Ledger ledger = new Ledger(new Random(random.nextLong()), tally);
        StringBuilder account = new StringBuilder();
        try {
            for (int life = random.nextInt(3, 10); life > 0; life--) {
                SimulatedDisk.End how = random.nextInt(4) == 0 ? SimulatedDisk.End.KILL : SimulatedDisk.End.POWER_LOSS;
                ledger.add(live(disk, random, account));
                disk.end(how);
                account.append(how).append('\n');
                boolean nextOneMeetsIt = random.nextInt(3) == 0;
                if (how == SimulatedDisk.End.KILL && nextOneMeetsIt) {
                    continue; // what is there may be lost later, or not: only what was acknowledged is known
                }
                if (nextOneMeetsIt) {
                    ledger.check(place(disk.copy(), Long.MAX_VALUE, INTERVALS[2]));
                    ledger.forgetTheLast();
                } else {
                    ledger.check(place(disk, Long.MAX_VALUE, INTERVALS[2]));
                }
                checked.incrementAndGet();
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("disk " + number + " with seed " + TestSeed.value() + "\n" + account, e);
        }
    }

    /** One process, from its start to its end. */
    private Told live(SimulatedDisk disk, SplittableRandom random, StringBuilder account) {
        long seed = random.nextLong();
        int threads = random.nextInt(3) == 0 ? random.nextInt(2, 5) : 1;
        long operations = random.nextInt(3) == 0 ? random.nextInt(1, 40) : random.nextInt(1, 120);
        Told told = new Told(threads, (thread, number) -> Call.random(seed, thread, number));
        Place place = place(disk, operations, INTERVALS[random.nextInt(INTERVALS.length)]);
        account.append(threads).append(" threads, ").append(operations).append(" operations: ");
        Load load = new Load(
                place,
                seed,
                threads,
                random.nextInt(1, 40),
                fact -> {
                    synchronized (told) {
                        account.append(fact).append("; ");
                        told.add(fact);
                    }
                },
                disk::hasEnded);
        load.run();
        moment(told);
        return told;
    }

    private synchronized void moment(Told told) {
        moments.merge(told.moment(), 1, Integer::sum);
    }

    /** A process of so many operations on a disk. */
    private static Place place(SimulatedDisk disk, long operations, Duration publishEvery) {
        disk.start(operations);
        return new Place() {
            @Override
            public boolean isPublished() {
                return disk.source().read("checkpoint").isPresent();
            }

            @Override
            public MerkleLog open() {
                return disk.open(Keys.LOG, publishEvery);
            }

            @Override
            public LogReader reader() {
                return LogReader.of(disk.source(), Keys.LOG.verifier());
            }
        };
    }
}
