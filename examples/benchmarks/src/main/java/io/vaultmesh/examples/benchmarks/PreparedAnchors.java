package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.memory.AnchorRecord;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.journal.Anchored;
import io.vaultmesh.scheduler.journal.Intent;
import io.vaultmesh.scheduler.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A memory with a million anchors in a thousand lanes, a record now and then, and a journal with an anchor under way in each. */
enum PreparedAnchors implements Prepared {
    /** The only one. */
    A_MILLION;

    static final int TARGETS = 500;

    private static final int ANCHORS = 1_000_000;
    private static final int LANES = 2 * TARGETS;
    private static final int THREADS = 32;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** A target that is never asked. */
    record Silent(String name) implements Anchor {

        @Override
        public JsonObject prepare(TrustedCheckpoint checkpoint) {
            throw new IllegalStateException("nothing should be due");
        }

        @Override
        public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
            throw new IllegalStateException("nothing should be due");
        }

        @Override
        public Finality verify(Checkpoint checkpoint, JsonObject evidence) {
            throw new IllegalStateException("nothing should be due");
        }
    }

    static Anchor[] targets(int count) {
        Anchor[] targets = new Anchor[count];
        for (int i = 0; i < count; i++) {
            targets[i] = new Silent("test:" + i);
        }
        return targets;
    }

    private static Lane lane(int number) {
        return new Lane(NamespaceName.MAIN, number < TARGETS ? Base.FAST : Base.STRONG, "test:" + number % TARGETS);
    }

    @Override
    public String what() {
        return "a memory with a million anchors";
    }

    @Override
    public Path in(Path directory) {
        return directory.resolve("1000000-anchors");
    }

    /** The files of the only log. */
    Path log() {
        return directory().resolve("namespaces/main/log");
    }

    Path journal() {
        return directory().resolve(Scheduler.DIRECTORY).resolve(Journal.FILE);
    }

    @Override
    public void build(Path directory) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (Remembrancer memory = Remembrancer.open(directory)) {
            List<Future<?>> recording = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                recording.add(pool.submit(() -> {
                    for (int number = first; number < ANCHORS; number += THREADS) {
                        record(memory, number);
                    }
                }));
            }
            for (Future<?> each : recording) {
                each.get();
            }
            memory.namespace("main").reindex();
            write(memory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("can't record: " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void record(Remembrancer memory, int number) {
        if (number % LANES == 0) {
            var unused = memory.record(Discovery.of("round " + number / LANES, "something happened"));
        }
        Lane lane = lane(number % LANES);
        Checkpoint checkpoint = new Checkpoint(
                "benchmark", number, Hashing.sha256(Integer.toString(number).getBytes(StandardCharsets.UTF_8)));
        var unused = memory.record(AnchorRecord.of(checkpoint, lane.target(), Body.text("the same for all"))
                .attribute("cadence", lane.cadence().toString())
                .attribute("note", "sha256:" + checkpoint.root()));
    }

    private static void write(Remembrancer memory) {
        TrustedCheckpoint checkpoint = memory.checkpoint();
        JsonObject request = JsonObject.builder()
                .put("request", "x".repeat(200)) // as long as a timestamp's
                .build();
        try (Journal journal = Journal.open(memory.directory().resolve(Scheduler.DIRECTORY))) {
            Map<Lane, Anchored> last = new HashMap<>();
            for (int number = 0; number < LANES; number++) {
                last.put(lane(number), new Anchored(checkpoint.size() - LANES + number, BEGIN));
                journal.intent(lane(number), new Intent(BEGIN, checkpoint.note(), request));
            }
            journal.learned(last);
        }
    }
}
