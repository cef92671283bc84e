package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.LaneEvent.What.FINAL;
import static io.vaultmesh.scheduler.LaneEvent.What.INTENDED;
import static io.vaultmesh.scheduler.LaneEvent.What.SUBMITTED;
import static io.vaultmesh.scheduler.SchedulerFixture.count;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.anchor.Trouble;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SchedulerClosingTest {

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

    private Scheduler scheduler() {
        return fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target))
                .build();
    }

    private List<LaneEvent.What> tick(Scheduler scheduler) {
        return scheduler.tick().stream().map(LaneEvent::what).toList();
    }

    @Test
    void byAListenerEndsTheTick() {
        record(main, "one");
        record(memory.namespace("other"), "two");
        AtomicReference<Scheduler> self = new AtomicReference<>();
        Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target))
                .namespace("other", cadence -> cadence.fast("1h", target))
                .listener(event -> {
                    if (event.what() == FINAL) {
                        self.get().close();
                    }
                })
                .build();
        self.set(scheduler);
        assertEquals(1, count(scheduler.tick(), FINAL));
        assertThrows(IllegalStateException.class, scheduler::tick);
        assertEquals(1, target.published.size());
        try (Scheduler next = scheduler()) {
            assertEquals(List.of(), tick(next)); // its tick is served
        }
    }

    @Test
    void byAListenerWhenSomethingIsIntendedLeavesTheRestToTheNext() {
        record(main, "one");
        AtomicReference<Scheduler> self = new AtomicReference<>();
        Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target))
                .listener(event -> self.get().close())
                .build();
        self.set(scheduler);
        assertEquals(List.of(INTENDED), tick(scheduler));
        assertEquals(List.of(), target.sent);
        try (Scheduler next = scheduler()) {
            assertEquals(List.of(SUBMITTED, FINAL), tick(next));
        }
    }

    @Test
    @Timeout(60)
    void byAListenerOfAStartedOneWaitsForNobody() throws InterruptedException {
        record(main, "one");
        AtomicReference<Scheduler> self = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target))
                .listener(event -> {
                    self.get().close();
                    closed.countDown();
                })
                .build();
        self.set(scheduler);
        scheduler.start();
        assertTrue(closed.await(30, TimeUnit.SECONDS));
        try (Scheduler next = scheduler()) {
            assertTrue(tick(next).contains(FINAL));
        }
    }

    @Test
    @Timeout(60)
    void leavesWhatItInterruptsToTheNextOneAndBlamesNobody() throws InterruptedException {
        record(main, "one");
        CountDownLatch asked = new CountDownLatch(1);
        ScriptedAnchor slow = new ScriptedAnchor("test:one") {
            @Override
            public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
                asked.countDown();
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new AnchorException(Trouble.UNKNOWN_OUTCOME, "interrupted");
            }
        };
        try (Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", slow))
                .build()) {
            scheduler.start();
            assertTrue(asked.await(30, TimeUnit.SECONDS));
        }
        try (Scheduler next = scheduler()) {
            assertEquals(List.of(SUBMITTED, FINAL), tick(next)); // at once
        }
    }
}
