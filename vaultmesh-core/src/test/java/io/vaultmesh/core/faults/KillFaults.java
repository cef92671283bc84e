package io.vaultmesh.core.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Processes that append to a log are killed at random moments, over and over; nothing that they were told is lost. {@code
 * -Dfaults.kills=<n>} sets how many.
 */
class KillFaults {

    private static final int LARGEST = 2_500; // entries; every kill costs a reading of all

    private final int kills = Integer.getInteger("faults.kills", 200);
    private final AtomicInteger started = new AtomicInteger();
    private final Map<String, Integer> moments = new TreeMap<>();
    private final Tally tally = new Tally();

    @Test
    void everyAcknowledgedAppendSurvivesSigkill() throws Exception {
        Workbench bench = Workbench.of("kills");
        ChildJvm jvm = new ChildJvm(bench.directory("jvm"));
        bench.inLanes(lane -> lane(jvm, bench, lane));
        int survived = moments.values().stream().mapToInt(Integer::intValue).sum();
        bench.close("%,d kills survived %s: %s".formatted(survived, moments, tally));
        assertTrue(survived == kills && kills > 0, "kills: " + survived);
        assertTrue(tally.appends() >= 10L * kills && tally.checkpoints() >= kills, tally::toString);
        assertTrue(moments.keySet().size() >= 3, "every kind of moment was met: " + moments);
    }

    private void lane(ChildJvm jvm, Workbench bench, int lane) throws Exception {
        Random random = new Random(TestSeed.value() * 31 + lane);
        Path home = bench.lane(lane);
        Ledger ledger = new Ledger(random, tally);
        Path log = home.resolve("log");
        try (Killing killing = new Killing(random)) {
            for (int round = 0; started.getAndIncrement() < kills; round++) {
                if (ledger.size() > LARGEST || random.nextInt(10) == 0) {
                    Directories.delete(log);
                    ledger = new Ledger(random, tally);
                }
                long seed = random.nextLong();
                int threads = random.nextInt(1, 7);
                Told told = new Told(threads, (thread, number) -> Call.random(seed, thread, number));
                Path errors = home.resolve("errors");
                Process child = ChildJvm.start(
                        jvm.command(LoadedChild.class, log.toString(), Long.toString(seed), Integer.toString(threads)),
                        errors);
                boolean killed = killing.listen(child, told);
                if (!killed) {
                    throw new AssertionError("lane " + lane + ", round " + round + ": the child ended by itself: "
                            + Files.readString(errors));
                }
                count(told);
                ledger.add(told);
                check(ledger, log, home.resolve("found"), random, round);
            }
        }
    }

    private synchronized void count(Told told) {
        moments.merge(told.moment(), 1, Integer::sum);
    }

    /** Checks the log, and keeps a copy of what was found. Then the log goes on as it was left, or as the check closed it. */
    private static void check(Ledger ledger, Path log, Path found, Random random, int round) throws IOException {
        Directories.delete(found);
        boolean exists = Files.exists(log); // if not, it was killed before it made it
        Directories.copy(log, found);
        try {
            ledger.check(Place.directory(log));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("round " + round + "; as it was found: " + found, e);
        }
        if (exists && random.nextBoolean()) {
            Directories.restore(found, log);
            ledger.forgetTheLast();
        }
    }
}
