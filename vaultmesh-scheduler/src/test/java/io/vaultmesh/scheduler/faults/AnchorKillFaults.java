package io.vaultmesh.scheduler.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.scheduler.LaneEvent;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.FileAnchor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Processes that anchor are killed between intent, submission and outcome, over and over: in the end every root that was due has
 * one verified attestation, and nothing was published without its intent, or twice. {@code -Dfaults.kills=<n>} sets how many.
 */
class AnchorKillFaults {

    private static final int SIGKILLED = 128 + 9;
    private static final int LANES = 2;
    private static final int KILLS_A_MEMORY = 10;
    private static final List<String> AIMS = List.of(
            AnchoringChild.OPENING,
            AnchoringChild.PREPARING,
            AnchoringChild.INTENDED,
            AnchoringChild.PUBLISHED,
            AnchoringChild.SUBMITTED,
            AnchoringChild.FINAL);

    private final int kills = Integer.getInteger("faults.kills", 100);
    private final Map<String, Integer> moments = new TreeMap<>();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();

    @Test
    void everyDueRootIsAttestedOnceHoweverOftenItsProcessIsKilled() throws Exception {
        Path home =
                Path.of(System.getProperty("module.dir", "")).toAbsolutePath().resolve("target/faults");
        delete(home);
        Files.createDirectories(home);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> memories = new ArrayList<>();
            for (int done = 0; done < kills; done += KILLS_A_MEMORY) {
                int times = Math.min(KILLS_A_MEMORY, kills - done);
                Path memory = Files.createDirectories(home.resolve("memory" + memories.size()));
                long seed = TestSeed.value() * 31 + memories.size();
                memories.add(lanes.submit(() -> {
                    memory(memory, times, new Random(seed), clock);
                    return null;
                }));
            }
            for (Future<?> memory : memories) {
                memory.get();
            }
        } finally {
            lanes.shutdownNow();
            clock.shutdownNow();
        }
        int survived = moments.values().stream().mapToInt(Integer::intValue).sum();
        String summary =
                "%,d kills survived %s; %,d anchors published once each, %,d of them finished by a later process"
                        .formatted(survived, moments, published.get(), resumed.get());
        System.out.println("anchor-kills: seed " + TestSeed.value() + ": " + summary);
        assertEquals(kills, survived);
        assertTrue(kills < 60 || moments.keySet().containsAll(AIMS), "every kind of moment was met: " + moments);
        assertTrue(kills < 60 || resumed.get() > 0, "something was under way when it was killed");
        Files.writeString(home.resolve("anchor-kills.txt"), summary + "\n");
        try (Stream<Path> memories = Files.list(home)) {
            for (Path memory : memories.filter(Files::isDirectory).toList()) {
                delete(memory);
            }
        }
    }

    private void memory(Path home, int times, Random random, ScheduledExecutorService clock) throws Exception {
        Path memory = home.resolve("memory");
        Path file = home.resolve("published");
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        for (int round = 0; round < times; round++) {
            Path errors = home.resolve("errors");
            Process child = new ProcessBuilder(command(home, memory, file, random.nextLong(), now))
                    .redirectError(errors.toFile())
                    .start();
            String moment = listen(child, random, clock);
            if (child.waitFor() != SIGKILLED) {
                throw new AssertionError("the child ended by itself: " + Files.readString(errors));
            }
            count(moment);
            now = now.plus(Duration.ofDays(20));
            if (round % 5 == 4 || round == times - 1) {
                check(memory, file, now);
                now = now.plus(Duration.ofDays(20));
            }
        }
        var unused = published.addAndGet((int) Files.readString(file).lines().count());
    }

    private synchronized void count(String moment) {
        moments.merge(moment, 1, Integer::sum);
    }

    private static List<String> command(Path home, Path memory, Path file, long seed, Instant now) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx128m",
                "-Dorg.sqlite.tmpdir=" + Files.createDirectories(home.resolve("unpacked")),
                "-cp",
                System.getProperty("java.class.path"),
                AnchoringChild.class.getName(),
                memory.toString(),
                file.toString(),
                Long.toString(seed),
                now.toString());
    }

    /** Listens until the child is dead, which it is soon after the moment that was drawn; gives the last moment it was at. */
    private static String listen(Process child, Random random, ScheduledExecutorService clock) throws IOException {
        String aim = AIMS.get(random.nextInt(AIMS.size()));
        int occurrences = 1 + random.nextInt(aim.equals(AnchoringChild.OPENING) ? 1 : 8);
        long delay = random.nextInt(aim.equals(AnchoringChild.OPENING) ? 400_000 : 2_500);
        ProcessHandle handle = child.toHandle(); // unlike the process, it leaves what was said to be read
        var unused = clock.schedule(handle::destroyForcibly, 20, TimeUnit.SECONDS);
        String stage = "nothing";
        try (BufferedReader lines = child.inputReader()) {
            for (String line = line(lines); !line.isEmpty(); line = line(lines)) {
                assertFalse(line.equals(AnchoringChild.WITHOUT_INTENT), "something was sent without its intent");
                stage = line;
                if (line.equals(aim) && --occurrences == 0) {
                    var also = clock.schedule(handle::destroyForcibly, delay, TimeUnit.MICROSECONDS);
                }
            }
        } finally {
            var killed = handle.destroyForcibly();
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

    private static long count(List<LaneEvent> events, LaneEvent.What what) {
        return events.stream().filter(event -> event.what() == what).count();
    }

    /** Lets a scheduler finish, and compares what is published, what is recorded and what was due. */
    private void check(Path memory, Path file, Instant now) throws IOException {
        Anchor target = FileAnchor.of(AnchoringChild.TARGET, file, () -> now);
        try (Remembrancer open = Remembrancer.builder(memory).clock(() -> now).open()) {
            try (Scheduler scheduler = AnchoringChild.scheduler(open, file, () -> now, false)) {
                List<LaneEvent> events = scheduler.tick();
                var finished = resumed.addAndGet(
                        (int) (count(events, LaneEvent.What.FINAL) - count(events, LaneEvent.What.INTENDED)));
                assertTrue(
                        events.stream().noneMatch(event -> event.what() == LaneEvent.What.FAILED), events.toString());
            }
            Instant later = now.plus(Duration.ofDays(1));
            try (Scheduler scheduler = AnchoringChild.scheduler(open, file, () -> later, false)) {
                List<LaneEvent> events = scheduler.tick(); // what was recorded while the last anchor was under way
                assertTrue(
                        events.stream().noneMatch(event -> event.what() == LaneEvent.What.FAILED), events.toString());
            }
            Set<String> attested = new HashSet<>();
            for (String name : AnchoringChild.NAMESPACES) {
                attested.addAll(attested(open.namespace(name), target));
            }
            List<String> lines = Files.readString(file)
                    .lines()
                    .map(line -> StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8), "line")
                            .string("checkpoint"))
                    .toList();
            assertEquals(lines.size(), Set.copyOf(lines).size(), "something was published twice");
            assertEquals(Set.copyOf(lines), attested, "what is published, and what is recorded");
            assertFalse(open.verifyAudit().failed(), open.verifyAudit().toText());
        }
    }

    /** The notes that have a verified attestation, each once; all that is worth anchoring is below the last one. */
    private static Set<String> attested(Namespace namespace, Anchor target) {
        Set<String> notes = new HashSet<>();
        List<Long> news = new ArrayList<>(List.of(0L));
        List<Long> anchored = new ArrayList<>(List.of(0L));
        long[] index = {0};
        namespace.timeline().forEach(record -> {
            index[0]++;
            if (record.kind() != Kind.ANCHOR) {
                news.add(index[0]);
                return;
            }
            try (InputStream body = namespace.openBody(record).orElseThrow()) {
                Attestation attestation = Attestation.parse(body.readAllBytes());
                assertInstanceOf(Finality.Final.class, attestation.verify(target, namespace.verifier()));
                assertTrue(notes.add(attestation.note().toText()), "recorded twice: " + record);
                anchored.add(attestation.checkpoint().size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        long last = news.stream().max(Comparator.naturalOrder()).orElseThrow();
        assertTrue(
                anchored.stream().max(Comparator.naturalOrder()).orElseThrow() >= last,
                namespace.name() + " has news at size " + last + ", anchored are " + anchored);
        return notes;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
