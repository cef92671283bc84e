package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.SchedulerFixture.START;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.ops.Health;
import io.vaultmesh.scheduler.ops.Health.Cause;
import io.vaultmesh.scheduler.ops.Health.Status;
import io.vaultmesh.scheduler.ops.HealthRules;
import io.vaultmesh.scheduler.ops.LaneStatus;
import io.vaultmesh.scheduler.ops.SchedulerSnapshot;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real scheduler says of itself. */
@Timeout(60)
class SchedulerSnapshotTest {

    @TempDir
    Path directory;

    private final SchedulerFixture fixture = new SchedulerFixture();
    private final ScriptedAnchor target = new ScriptedAnchor("test:one");
    private Remembrancer memory;
    private Namespace main;

    @BeforeEach
    void open() {
        memory = fixture.memory(directory.resolve("memory"));
        main = memory.namespace("main");
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private Scheduler scheduler(Anchor anchor) {
        return fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", anchor))
                .build();
    }

    private static LaneStatus lane(Scheduler scheduler) {
        return scheduler.snapshot().lanes().values().iterator().next();
    }

    private static List<Cause> causes(Scheduler scheduler) {
        return Health.of(scheduler.snapshot(), HealthRules.DEFAULT).reasons().stream()
                .map(Health.Reason::cause)
                .toList();
    }

    @Test
    void followsAnAnchorFromItsIntentToItsRecord() {
        record(main, "one");
        target.failures.add(new AnchorException(Trouble.NETWORK, "down"));
        target.failures.add(new AnchorException(Trouble.NETWORK, "down"));
        target.finalities.add(() -> new Finality.Pending("in the pool"));
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(Optional.empty(), scheduler.snapshot().ticked());
            assertEquals(
                    Map.of("test:one", Circuit.CLOSED), scheduler.snapshot().circuits());
            var first = scheduler.tick();
            fixture.now = START.plusSeconds(10);
            var second = scheduler.tick();
            assertEquals(Optional.of(START), lane(scheduler).failing(), "since the first failure, not the last");
            assertEquals(Optional.of(START), lane(scheduler).begun());
            assertEquals(List.of(Cause.LANE_FAILING), causes(scheduler));
            fixture.now = START.plusSeconds(60);
            var third = scheduler.tick();
            assertEquals(Optional.empty(), lane(scheduler).failing());
            assertEquals(Optional.of(START), lane(scheduler).begun());
            fixture.now = START.plus(Duration.ofHours(4));
            assertTrue(causes(scheduler).contains(Cause.ANCHOR_SLOW));
            var fourth = scheduler.tick();
            assertEquals(Optional.of(fixture.now), lane(scheduler).anchored());
            assertEquals(Optional.empty(), lane(scheduler).begun());
            assertEquals(List.of(), causes(scheduler));
            SchedulerSnapshot snapshot = scheduler.snapshot();
            assertEquals(4, snapshot.ticks());
            assertEquals(Optional.of(fixture.now), snapshot.ticked());
            assertEquals(START, snapshot.started());
        }
    }

    @Test
    void aRestartForgetsNeitherTheFailureNorTheIntent() {
        record(main, "one");
        target.failures.add(new AnchorException(Trouble.NETWORK, "down"));
        try (Scheduler scheduler = scheduler(target)) {
            var unused = scheduler.tick();
        }
        fixture.now = START.plus(Duration.ofHours(2));
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(Optional.of(START), lane(scheduler).failing());
            assertEquals(Optional.of(START), lane(scheduler).begun());
            assertTrue(causes(scheduler).contains(Cause.EVERY_LANE_FAILING));
        }
    }

    @Test
    void aDiskThatRefusesTheJournalIsSeen() {
        record(main, "one");
        Path journal = memory.directory().resolve(Scheduler.DIRECTORY);
        ScriptedAnchor large = new ScriptedAnchor("test:large") {
            @Override
            public JsonObject prepare(TrustedCheckpoint checkpoint) {
                delete(journal); // the journal becomes long, and its next file has no place
                return JsonObject.builder().put("long", "x".repeat(2 << 20)).build();
            }
        };
        try (Scheduler scheduler = scheduler(large)) {
            assertFalse(scheduler.snapshot().journalRefused());
            var events = scheduler.tick();
            assertTrue(scheduler.snapshot().journalRefused(), events::toString);
            Health health = Health.of(scheduler.snapshot(), HealthRules.DEFAULT);
            assertEquals(Status.UNHEALTHY, health.status());
            assertTrue(health.live());
            assertFalse(health.ready());
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSchedulerThatTicksByItselfIsReadyAndAClosedOneIsNotLive() throws InterruptedException {
        record(main, "one");
        CountDownLatch anchored = new CountDownLatch(1);
        Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target))
                .listener(event -> {
                    if (event.what() == LaneEvent.What.FINAL) {
                        anchored.countDown();
                    }
                })
                .build();
        try (scheduler) {
            assertFalse(Health.of(scheduler.snapshot(), HealthRules.DEFAULT).ready());
            scheduler.start();
            assertTrue(anchored.await(30, TimeUnit.SECONDS));
            assertTrue(Health.of(scheduler.snapshot(), HealthRules.DEFAULT).ready());
        }
        assertFalse(Health.of(scheduler.snapshot(), HealthRules.DEFAULT).live());
        assertEquals(List.of(Cause.CLOSED), causes(scheduler));
    }

    @Test
    void aMemoryThatCantBeReadStopsNoTick() {
        Scheduler scheduler = scheduler(target);
        try (scheduler) {
            delete(memory.directory().resolve("namespaces"));
            delete(memory.directory().resolve("memory.json"));
            assertEquals(
                    List.of(LaneEvent.What.SKIPPED),
                    scheduler.tick().stream().map(LaneEvent::what).toList());
            assertEquals(1, scheduler.snapshot().ticks());
        }
    }

    @Test
    void aNamespaceThatIsNotThereIsNotOverdue() {
        try (Scheduler scheduler = fixture.scheduler(memory)
                .namespace("later", cadence -> cadence.fast("1h", target))
                .build()) {
            for (int hour = 0; hour < 10; hour++) {
                assertEquals(1, scheduler.tick().size());
                fixture.now = fixture.now.plus(Duration.ofHours(1));
            }
            fixture.now = fixture.now.minus(Duration.ofHours(1));
            assertEquals(List.of(), causes(scheduler));
        }
    }

    @Test
    void aNamespaceThatCantBeReadIsOverdue() {
        record(main, "one");
        try (Scheduler scheduler = scheduler(target)) {
            var unused = scheduler.tick();
            record(main, "two");
            memory.close();
            for (int hour = 0; hour < 6; hour++) {
                fixture.now = fixture.now.plus(Duration.ofHours(1));
                var skipped = scheduler.tick();
            }
            assertEquals(List.of(Cause.LANE_OVERDUE), causes(scheduler));
        }
    }

    @Test
    void aReleasedLaneThatGetsNoTurnIsOverdue() {
        record(main, "one");
        target.failures.add(new AnchorException(Trouble.MISCONFIGURED, "no"));
        try (Scheduler scheduler = scheduler(target)) {
            var unused = scheduler.tick();
            scheduler.release();
            fixture.now = fixture.now.plus(Duration.ofHours(4));
            assertEquals(Optional.of(START), lane(scheduler).due(fixture.now));
        }
    }

    @Test
    void nothingIsWaitedFor() throws Exception {
        try (Scheduler scheduler = scheduler(target)) {
            Object engine = field(scheduler, "engine");
            Object journal = field(scheduler, "journal");
            synchronized (scheduler) { // as while a tick waits for a target
                synchronized (engine) { // for a disk that is read
                    synchronized (journal) { // for a disk that is written
                        SchedulerSnapshot snapshot = CompletableFuture.supplyAsync(scheduler::snapshot)
                                .get(10, TimeUnit.SECONDS);
                        assertEquals(1, snapshot.lanes().size());
                    }
                }
            }
        }
    }

    private static Object field(Scheduler scheduler, String name) throws ReflectiveOperationException {
        var field = Scheduler.class.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(scheduler);
    }

    @Test
    void whoDoesNotCountNeedsNoMicrometer() throws Exception {
        List<URL> without = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("micrometer")) {
                without.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(without.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            for (String name :
                    List.of("Scheduler", "SchedulerBuilder", "ops.OpsServer", "ops.Health", "ops.LaneFact")) {
                Class<?> type = Class.forName("io.vaultmesh.scheduler." + name, true, loader);
                assertTrue(type.getMethods().length > 0);
            }
            Class<?> metrics = Class.forName("io.vaultmesh.scheduler.metrics.SchedulerMetrics", false, loader);
            assertThrows(NoClassDefFoundError.class, metrics::getConstructors);
        }
    }
}
