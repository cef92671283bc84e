package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.ConfigEvent.What.LOADED;
import static io.vaultmesh.scheduler.ConfigEvent.What.REFUSED;
import static io.vaultmesh.scheduler.LaneEvent.What.FINAL;
import static io.vaultmesh.scheduler.LaneEvent.What.INTENDED;
import static io.vaultmesh.scheduler.LaneEvent.What.SUBMITTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.ops.Health;
import io.vaultmesh.scheduler.ops.HealthRules;
import io.vaultmesh.scheduler.plan.LaneState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReloadTest {

    private static final String ONE = "main/fast/test:one 1d";
    private static final String TWO = "main/cold/test:two 1d";

    @TempDir
    Path directory;

    private FilesFixture files;

    @BeforeEach
    void open() {
        files = new FilesFixture(directory);
        SchedulerFixture.record(files.main, "one");
        files.lanes(ONE);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private static LaneState state(Scheduler scheduler, String lane) {
        return scheduler.lanes().get(Lane.parse(lane));
    }

    @Nested
    class FilesThatChange {

        @Test
        void comeIntoUseWhole() {
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), files.next(scheduler));
                Configuration before = scheduler.configuration().orElseThrow();
                files.lanes(ONE, TWO);
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), files.next(scheduler));
                assertEquals(Set.of("main/fast/test:one", "main/cold/test:two"), FilesFixture.lanes(scheduler));
                assertEquals(1, files.made.get(0).published.size());
                assertEquals(1, files.made.get(1).published.size());
                assertEquals(2, files.made.size());
                Configuration after = scheduler.configuration().orElseThrow();
                assertNotEquals(before.hash(), after.hash());
                assertEquals(files.fixture.now, after.since());
                assertEquals(2, after.loads());
                assertEquals(
                        new ConfigEvent(
                                files.fixture.now, LOADED, Optional.of(after.hash()), "2 lanes, 0 namespaces left out"),
                        files.last());
            }
        }

        @Test
        void andAreRefusedDegradeTheSchedulerUntilTheyAreGood() {
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(Optional.empty(), scheduler.snapshot().configurationRefused());
                FilesFixture.write(files.namespaces, "namespaces: {main: {cadence: {");
                files.next(scheduler);
                Optional<Instant> since = Optional.of(files.fixture.now);
                assertEquals(since, scheduler.snapshot().configurationRefused());
                files.next(scheduler);
                FilesFixture.write(files.namespaces, "namespaces: {main: {cadences: {}}}");
                files.next(scheduler);
                assertEquals(since, scheduler.snapshot().configurationRefused());
                Health health = Health.of(scheduler.snapshot(), HealthRules.DEFAULT);
                assertEquals(Health.Status.DEGRADED, health.status(), health::toString);
                files.lanes(ONE, TWO);
                files.next(scheduler);
                assertEquals(Optional.empty(), scheduler.snapshot().configurationRefused());
            }
        }

        @Test
        void andAreAsTheyWereAgainEndTheRefusal() throws IOException {
            byte[] good = Files.readAllBytes(files.namespaces);
            try (Scheduler scheduler = files.builder().build()) {
                FilesFixture.write(files.namespaces, "nonsense");
                files.next(scheduler);
                assertTrue(scheduler.snapshot().configurationRefused().isPresent());
                Files.write(files.namespaces, good);
                files.next(scheduler);
                assertEquals(Optional.empty(), scheduler.snapshot().configurationRefused());
                assertEquals(List.of(LOADED, REFUSED, LOADED), files.happened());
            }
        }

        @Test
        void areRefusedIfTheEnvironmentFailsAndNothingStops() {
            try (Scheduler scheduler = files.builder().build()) {
                files.variables = name -> {
                    throw new IllegalStateException("secret");
                };
                FilesFixture.write(files.anchors, "{test: {default: {url: \"${ANY}\"}}}");
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), files.next(scheduler));
                assertEquals(REFUSED, files.last().what());
                assertFalse(files.last().detail().contains("secret"), files.last()::toString);
            }
        }

        @Test
        void areLookedAtOnceASecond() {
            try (Scheduler scheduler = files.builder().build()) {
                files.lanes(TWO);
                files.fixture.now = files.fixture.now.plus(Duration.ofMillis(999));
                assertEquals(3, scheduler.tick().size());
                assertEquals(Set.of("main/fast/test:one"), FilesFixture.lanes(scheduler));
                files.fixture.now = files.fixture.now.plus(Duration.ofMillis(1));
                assertEquals(3, scheduler.tick().size());
                assertEquals(Set.of("main/cold/test:two"), FilesFixture.lanes(scheduler));
                files.lanes(ONE);
                files.fixture.now = files.fixture.now.minus(Duration.ofDays(9)); // the clock is set back
                var unused = scheduler.tick();
                assertEquals(Set.of("main/fast/test:one"), FilesFixture.lanes(scheduler));
            }
        }

        @Test
        void areFoundByWhatTheySayAndNotByTheirTimes() throws IOException {
            try (Scheduler scheduler = files.builder().build()) {
                var time = Files.getLastModifiedTime(files.namespaces);
                files.lanes(ONE.replace("one", "six"));
                var unused = Files.setLastModifiedTime(files.namespaces, time);
                files.next(scheduler);
                assertEquals(Set.of("main/fast/test:six"), FilesFixture.lanes(scheduler));
                files.lanes(ONE.replace("one", "six"));
                files.next(scheduler);
                assertEquals(List.of(LOADED, LOADED), files.happened());
            }
        }

        @Test
        void areLookedAtByAStartedSchedulerToo() throws InterruptedException {
            CountDownLatch twice = new CountDownLatch(2);
            try (Scheduler scheduler =
                    files.builder().configListener(event -> twice.countDown()).build()) {
                scheduler.start();
                files.fixture.now = files.fixture.now.plusSeconds(5);
                files.lanes(TWO);
                assertTrue(twice.await(30, TimeUnit.SECONDS), "the change wasn't seen");
                assertEquals(LOADED, files.last().what());
            }
        }

        @Test
        void areSeenWholeByWhoeverLooks() throws InterruptedException {
            String[] first = {"a/fast/test:one 1h", "a/cold/test:two 1h", "b/fast/test:one 1h"};
            String[] second = {"a/fast/test:two 1h", "c/cold/test:six 1h", "b/fast/test:six 1h"};
            files.lanes(first);
            Set<Set<String>> seen = ConcurrentHashMap.newKeySet();
            AtomicBoolean done = new AtomicBoolean();
            try (Scheduler scheduler = files.builder().build()) {
                Thread reader = new Thread(() -> {
                    while (!done.get()) {
                        seen.add(FilesFixture.lanes(scheduler));
                    }
                });
                reader.start();
                for (int i = 0; i < 200; i++) {
                    files.lanes(i % 2 == 0 ? second : first);
                    files.next(scheduler);
                }
                done.set(true);
                reader.join();
            }
            assertTrue(seen.size() <= 2, () -> "seen: " + seen);
            assertEquals(201, files.happened().size());
        }
    }

    @Nested
    class FilesThatAreRefused {

        @Test
        void changeNothingAndAreToldOnce() {
            try (Scheduler scheduler = files.builder().build()) {
                Configuration good = scheduler.configuration().orElseThrow();
                String whole = FilesFixture.yaml(ONE);
                FilesFixture.write(files.namespaces, whole + "\nmore: 1");
                for (int i = 0; i < 3; i++) {
                    files.next(scheduler);
                }
                assertEquals(List.of(LOADED, REFUSED), files.happened());
                Configuration now = scheduler.configuration().orElseThrow();
                Configuration.Refusal refusal = now.refusal().orElseThrow();
                assertEquals(good.hash(), now.hash());
                assertEquals(good.since(), now.since());
                assertNotEquals(Optional.of(good.hash()), refusal.hash());
                assertEquals(SchedulerFixture.START.plusSeconds(1), refusal.at());
                assertTrue(refusal.reason().startsWith("namespaces.yaml:2:1: the file is no YAML: "), refusal.reason());
                assertEquals(new ConfigEvent(refusal.at(), REFUSED, refusal.hash(), refusal.reason()), files.last());
                assertEquals(1, files.made.get(0).published.size());
                FilesFixture.write(files.namespaces, whole);
                files.next(scheduler);
                assertEquals(
                        Optional.empty(),
                        scheduler.configuration().orElseThrow().refusal());
                assertEquals(1, scheduler.configuration().orElseThrow().refusals());
                assertEquals(1, scheduler.configuration().orElseThrow().loads());
            }
        }

        @Test
        void areThoseThatLeaveNothingToAnchor() {
            try (Scheduler scheduler = files.builder().build()) {
                for (String nothing : List.of("{namespaces: {}}", FilesFixture.yaml("main/fast/btc:mainnet 1h"))) {
                    FilesFixture.write(files.namespaces, nothing);
                    files.next(scheduler);
                    assertEquals(REFUSED, files.last().what());
                    assertEquals(Set.of("main/fast/test:one"), FilesFixture.lanes(scheduler));
                }
            }
        }

        @Test
        void areThoseThatAreGone() throws IOException {
            try (Scheduler scheduler = files.builder().build()) {
                for (Path file : List.of(files.namespaces, files.anchors)) {
                    String there = Files.readString(file);
                    Files.delete(file);
                    files.next(scheduler);
                    assertEquals(REFUSED, files.last().what());
                    assertEquals(Optional.empty(), files.last().hash());
                    assertTrue(
                            files.last().detail().contains(file.toString()),
                            files.last().detail());
                    assertEquals(Set.of("main/fast/test:one"), FilesFixture.lanes(scheduler));
                    FilesFixture.write(file, there);
                    files.next(scheduler);
                }
                assertEquals(2, scheduler.configuration().orElseThrow().refusals());
                assertEquals(1, files.made.get(0).published.size());
            }
        }

        @Test
        void areThoseThatAreBeingWritten() {
            try (Scheduler scheduler = files.builder().build()) {
                String next = FilesFixture.yaml(ONE, TWO);
                for (int written = 0; written < next.length(); written++) {
                    FilesFixture.write(files.namespaces, next.substring(0, written));
                    files.next(scheduler);
                    assertEquals(Set.of("main/fast/test:one"), FilesFixture.lanes(scheduler));
                }
                FilesFixture.write(files.namespaces, next);
                files.next(scheduler);
                assertEquals(2, FilesFixture.lanes(scheduler).size());
                assertEquals(
                        Optional.empty(),
                        scheduler.configuration().orElseThrow().refusal());
            }
        }
    }
}
