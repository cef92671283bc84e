package io.vaultmesh.core.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * Every byte that a log keeps is changed in turn. Opening it or fsck notices, and nothing is lost in silence. Of a large file a
 * sample is taken; {@code -Dfaults.full=true} takes all.
 */
class ByteFlipFaults {

    private static final int SAMPLE = 240; // bytes of a file, if it has twice as many
    private static final int SHOWN = 20;

    private final boolean full = Boolean.getBoolean("faults.full");
    private final Map<FlippedByte.Noticed, Integer> noticed = new EnumMap<>(FlippedByte.Noticed.class);
    private final Set<String> unused = new TreeSet<>();
    private final Map<String, Throwable> lost = new TreeMap<>();

    private record Job(SmallLog state, int size) {}

    @Test
    void everyChangedByteIsNoticedOrIsNotUsed() throws Exception {
        Workbench bench = Workbench.of("byte-flips");
        Queue<Job> jobs = new ConcurrentLinkedQueue<>();
        for (SmallLog state : SmallLog.values()) {
            for (int size : new int[] {257, 3, 1}) {
                jobs.add(new Job(state, size));
            }
        }
        bench.inLanes(lane -> {
            for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
                change(job, bench.directory(job.state() + "-" + job.size()));
            }
        });
        lost.values().stream().limit(1).forEach(Throwable::printStackTrace);
        assertEquals(
                "", String.join("\n", lost.keySet().stream().limit(SHOWN).toList()), lost.size() + " lost in silence");
        assertEquals(Set.of(), unused, "bytes that are not used");
        int changes = noticed.values().stream().mapToInt(Integer::intValue).sum();
        bench.close("%,d changed bytes %s".formatted(changes, noticed));
        assertTrue(changes > 5_000, "changes: " + changes);
    }

    private void change(Job job, Path home) throws IOException {
        Path memory = Path.of("/dev/shm");
        Path work = Files.isWritable(memory) ? Files.createTempDirectory(memory, "faults") : home.resolve("work");
        try {
            FlippedByte flipped = job.state().make(work.resolve("log"), job.size());
            for (Map.Entry<Path, byte[]> file : flipped.files().entrySet()) {
                for (int at : places(file.getValue().length)) {
                    changeByte(flipped, file.getKey(), at, job);
                }
            }
        } finally {
            Directories.delete(work);
        }
    }

    /** All places, or the first ones and the last ones and as many again of those between. */
    private List<Integer> places(int length) {
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at < length; at++) {
            places.add(at);
        }
        if (full || length <= 2 * SAMPLE) {
            return places;
        }
        List<Integer> between = places.subList(SAMPLE / 4, length - SAMPLE / 4);
        Collections.shuffle(between, new Random(TestSeed.value()));
        between.subList(SAMPLE / 2, between.size()).clear();
        return places;
    }

    private void changeByte(FlippedByte flipped, Path file, int at, Job job) throws IOException {
        byte intact = flipped.files().get(file)[at];
        for (byte value : new TreeSet<>(List.of((byte) (intact ^ 1), (byte) ~intact, (byte) 0))) {
            if (value != intact) {
                String what = "%s of %d: %s byte %d from %d to %d"
                        .formatted(job.state(), job.size(), file, at, intact, value);
                try {
                    note(what, flipped.change(file, at, value));
                } catch (AssertionError | RuntimeException e) {
                    lose(what, e);
                    flipped.restore();
                }
            }
        }
    }

    private synchronized void note(String what, FlippedByte.Noticed by) {
        noticed.merge(by, 1, Integer::sum);
        if (by == FlippedByte.Noticed.UNUSED) {
            unused.add(what);
        }
    }

    private synchronized void lose(String what, Throwable how) {
        lost.put(what + ": " + how.getMessage(), how);
    }
}
