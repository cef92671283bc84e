package io.vaultmesh.remembrancer.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Processes that record in a memory are killed at random moments, over and over; nothing that they were told is lost, and no
 * key is recorded twice. {@code -Dfaults.kills=<n>} sets how many.
 */
class KillFaults {

    private static final int SIGKILLED = 128 + 9;
    private static final int LARGEST = 2_000; // records; every audit reads all of them
    private static final int AUDIT_EVERY = 20;
    private static final long LONGEST_MICROS = 10_000_000;

    private final int kills = Integer.getInteger("faults.kills", 60);
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Map<String, Integer> moments = new TreeMap<>();

    @Test
    void everyAcknowledgedRecordSurvivesSigkill() throws Exception {
        Bench bench = Bench.of("memory-kills");
        bench.inLanes(lane -> lane(bench, lane));
        int survived = moments.values().stream().mapToInt(Integer::intValue).sum();
        bench.close("%,d kills survived %s with %,d records acknowledged before"
                .formatted(survived, moments, acknowledged.get()));
        assertTrue(survived == kills && kills > 0, "kills: " + survived);
        assertTrue(acknowledged.get() >= 5 * kills, "acknowledged: " + acknowledged);
        assertTrue(kills < 60 || moments.size() == 3, "every kind of moment was met: " + moments);
    }

    private void lane(Bench bench, int lane) throws Exception {
        Random random = new Random(TestSeed.value() * 31 + lane);
        Path home = bench.directory("lane" + lane);
        Path errors = home.resolve("errors");
        int memories = 0;
        Path directory = home.resolve("memory0");
        Acknowledged ledger = new Acknowledged(random);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int round = 1; started.getAndIncrement() < kills; round++) {
                Process child = bench.start(
                        errors, RecordingChild.class, directory.toString(), Long.toString(random.nextLong()));
                String moment = listen(child, ledger, random, clock);
                if (child.waitFor() != SIGKILLED) {
                    throw new AssertionError(
                            "round " + round + ": the child ended by itself: " + Files.readString(errors));
                }
                count(moment);
                boolean last = ledger.size() > LARGEST || random.nextInt(10) == 0;
                check(ledger, directory, last || round % AUDIT_EVERY == 0);
                if (last) {
                    directory = home.resolve("memory" + ++memories);
                    ledger = new Acknowledged(random);
                }
            }
            check(ledger, directory, true);
        } finally {
            clock.shutdownNow();
        }
    }

    /** Listens until the child is dead, which it is soon after the moment that was drawn; says what it was doing. */
    private String listen(Process child, Acknowledged ledger, Random random, ScheduledExecutorService clock)
            throws IOException {
        int roll = random.nextInt(10);
        String aim = roll < 2 ? RecordingChild.OPENING : roll < 8 ? RecordingChild.OPENED : RecordingChild.CLOSING;
        long delay = aim.equals(RecordingChild.OPENED) ? random.nextInt(5_000) : random.nextInt(40_000);
        int calls = (int) (-40 * Math.log(1 - random.nextDouble()));
        boolean aimed = false;
        String stage = "";
        kill(child, clock, LONGEST_MICROS); // in case that what is waited for never comes
        try (BufferedReader lines = child.inputReader()) {
            for (String line = line(lines); !line.isEmpty(); line = line(lines)) {
                if (line.contains(" ")) {
                    acknowledge(line, ledger);
                    calls--;
                } else {
                    stage = line;
                }
                boolean now = stage.equals(aim) && (!aim.equals(RecordingChild.OPENED) || calls < 0);
                if (now && !aimed) {
                    aimed = true;
                    kill(child, clock, delay);
                }
            }
        } finally {
            child.toHandle().destroyForcibly();
        }
        return stage;
    }

    /** A line that was said to its end; empty at the end of all. */
    private static String line(BufferedReader from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = from.read(); c >= 0; c = from.read()) {
            if (c == '\n') {
                return line.toString();
            }
            line.append((char) c);
        }
        return "";
    }

    private void acknowledge(String line, Acknowledged ledger) {
        String[] parts = line.split(" ");
        ledger.add(
                new Recording(parts[0], Long.parseLong(parts[1]), Boolean.parseBoolean(parts[2])),
                Receipt.parse(Base64.getDecoder().decode(parts[3])));
        acknowledged.incrementAndGet();
    }

    private static void kill(Process child, ScheduledExecutorService clock, long delayMicros) {
        ProcessHandle handle = child.toHandle(); // unlike the process, it leaves what was said to be read
        clock.schedule(handle::destroyForcibly, delayMicros, TimeUnit.MICROSECONDS);
    }

    private synchronized void count(String moment) {
        moments.merge(moment, 1, Integer::sum);
    }

    private static void check(Acknowledged ledger, Path directory, boolean all) {
        try (Remembrancer memory = Remembrancer.open(directory)) {
            if (all) {
                ledger.checkAll(memory);
            } else {
                ledger.check(memory);
            }
        }
    }
}
