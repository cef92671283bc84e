package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.LaneEvent.What.FAILED;
import static io.vaultmesh.scheduler.LaneEvent.What.FINAL;
import static io.vaultmesh.scheduler.LaneEvent.What.INTENDED;
import static io.vaultmesh.scheduler.LaneEvent.What.PENDING;
import static io.vaultmesh.scheduler.LaneEvent.What.SKIPPED;
import static io.vaultmesh.scheduler.LaneEvent.What.SUBMITTED;
import static io.vaultmesh.scheduler.SchedulerFixture.START;
import static io.vaultmesh.scheduler.SchedulerFixture.anchors;
import static io.vaultmesh.scheduler.SchedulerFixture.count;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.anchor.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scheduler does when targets fail. */
class SchedulerFailuresTest {

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
    void anErrorOfOneTargetStopsNoneOfTheLanesAfterIt() {
        ScriptedAnchor broken = new ScriptedAnchor("test:broken") {
            @Override
            public JsonObject prepare(TrustedCheckpoint checkpoint) {
                throw new AssertionError("a target's own");
            }
        };
        ScriptedAnchor sound = new ScriptedAnchor("test:sound");
        try (Remembrancer shared = fixture.memory(directory.resolve("shared"))) {
            record(shared.namespace("main"), "one");
            try (Scheduler scheduler = fixture.scheduler(shared)
                    .namespace("main", cadence -> cadence.fast("1h", broken, sound))
                    .build()) {
                assertThrows(AssertionError.class, scheduler::tick);
            }
        }
        assertEquals(1, sound.published.size());
    }

    @Test
    void aStrayFileBesideTheNamespacesStopsNoneThatIsThere() throws IOException {
        ScriptedAnchor sound = new ScriptedAnchor("test:sound");
        try (Remembrancer shared = fixture.memory(directory.resolve("shared"))) {
            record(shared.namespace("main"), "one");
            Files.writeString(shared.directory().resolve("verifiers/Not a name.vkey"), "stray");
            try (Scheduler scheduler = fixture.scheduler(shared)
                    .namespace("main", cadence -> cadence.fast("1h", sound))
                    .namespace("later", cadence -> cadence.fast("1h", sound))
                    .build()) {
                var unused = scheduler.tick();
            }
        }
        assertEquals(1, sound.published.size());
    }

    @Test
    void theSameBytesAreSentAgainAfterTheWait() {
        record(main, "one");
        target.failures.add(new AnchorException(Trouble.NETWORK, "down"));
        target.failures.add(new AnchorException(Trouble.UNKNOWN_OUTCOME, "broken off"));
        try (Scheduler scheduler = scheduler()) {
            assertEquals(List.of(INTENDED, FAILED), tick(scheduler));
            record(main, "two");
            fixture.now = START.plusMillis(6_399); // 8 s, less a fifth
            assertEquals(List.of(), tick(scheduler));
            fixture.now = START.plusMillis(9_601);
            assertEquals(List.of(FAILED), tick(scheduler));
            fixture.now = fixture.now.plusMillis(10_399); // 13 s, less a fifth
            assertEquals(List.of(), tick(scheduler));
            fixture.now = fixture.now.plusMillis(5_300);
            assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler));
        }
        assertEquals(3, target.sent.size());
        assertEquals(1, Set.copyOf(target.sent).size(), target.sent.toString());
    }

    @Test
    void aWaitSurvivesARestartAndIsNotShorterThanTheTargetAsks() {
        record(main, "one");
        target.failures.add(new AnchorException(Trouble.RATE_LIMITED, "later", Duration.ofMinutes(20)));
        try (Scheduler scheduler = scheduler()) {
            assertEquals(List.of(INTENDED, FAILED), tick(scheduler));
        }
        try (Scheduler scheduler = scheduler()) {
            fixture.now = START.plus(Duration.ofMinutes(20)).minusMillis(1);
            assertEquals(List.of(), tick(scheduler));
            fixture.now = START.plus(Duration.ofMinutes(20));
            assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void whoAsksForAnAbsurdWaitIsAskedAgainAfterADay() {
        record(main, "one");
        target.failures.add(
                new AnchorException(Trouble.RATE_LIMITED, "never again", Duration.ofSeconds(Long.MAX_VALUE)));
        try (Scheduler scheduler = scheduler()) {
            assertEquals(List.of(INTENDED, FAILED), tick(scheduler));
            fixture.now = START.plus(Duration.ofDays(1)).minusMillis(1);
            assertEquals(List.of(), tick(scheduler));
            fixture.now = START.plus(Duration.ofDays(1));
            assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void aCircuitThatOpensHoldsBackWhatIsPlannedAlready() {
        SchedulerBuilder builder = fixture.scheduler(memory);
        for (int i = 0; i < 8; i++) {
            record(memory.namespace("n" + i), "one");
            target.failures.add(new AnchorException(Trouble.NETWORK, "down"));
            builder.namespace("n" + i, cadence -> cadence.fast("1h", target));
        }
        try (Scheduler scheduler = builder.build()) {
            List<LaneEvent> events = scheduler.tick();
            assertEquals(5, count(events, FAILED));
            assertEquals(5, target.sent.size());
            assertEquals(
                    List.of("CIRCUIT_OPEN", "CIRCUIT_OPEN", "CIRCUIT_OPEN"),
                    events.stream()
                            .filter(event -> event.what() == SKIPPED)
                            .map(LaneEvent::detail)
                            .toList());
            target.failures.clear();
            fixture.now = fixture.now.plus(Duration.ofHours(1));
            assertEquals(1, count(scheduler.tick(), FINAL)); // one tries whether it is back
            assertEquals(7, count(scheduler.tick(), FINAL));
        }
    }

    @Test
    void evidenceThatCouldNotBeReadAgainIsNotWrittenDown() throws IOException {
        ScriptedAnchor deep = new ScriptedAnchor("test:one") {
            @Override
            public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
                JsonObject evidence = super.submit(checkpoint, request);
                for (int i = 0; i < 100; i++) {
                    evidence = JsonObject.builder().put("in", evidence).build();
                }
                return evidence;
            }
        };
        record(main, "one");
        try (Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", deep))
                .build()) {
            String detail = scheduler.tick().get(1).detail();
            assertTrue(detail.startsWith("MISCONFIGURED: the evidence can't be kept: "), detail);
        }
        try (Scheduler scheduler = scheduler()) { // its journal can be read
            assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void waitsAreDoubledWhereTheTargetDoesNotKnowWhoAsks() {
        record(main, "one");
        target.failures.add(new AnchorException(Trouble.AUTH, "who?"));
        try (Scheduler scheduler = scheduler()) {
            assertEquals(List.of(INTENDED, FAILED), tick(scheduler));
            fixture.now = START.plusMillis(12_799);
            assertEquals(List.of(), tick(scheduler));
            fixture.now = START.plusMillis(19_201);
            assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void whatIsRefusedParksTheLaneUntilSomebodyLooked() {
        record(main, "one");
        target.failures.add(new AnchorException(Trouble.REJECTED, "no"));
        try (Scheduler scheduler = scheduler()) {
            assertEquals(List.of(INTENDED, FAILED), tick(scheduler));
            fixture.now = START.plus(Duration.ofDays(30));
            assertEquals("PARKED", scheduler.tick().get(0).detail());
            scheduler.release();
            assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
        }
        assertEquals(2, Set.copyOf(target.sent).size(), "what was refused is not sent again");
    }

    @Test
    void aStartTriesParkedLanesAgain() {
        record(main, "one");
        target.failures.add(new AnchorException(Trouble.MISCONFIGURED, "no"));
        try (Scheduler scheduler = scheduler()) {
            assertEquals(List.of(INTENDED, FAILED), tick(scheduler));
        }
        try (Scheduler scheduler = scheduler()) {
            assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void whatIsNotFinalYetIsLookedAtAgainAndWhatIsTakenBackIsSubmittedAgain() {
        record(main, "one");
        target.finalities.add(() -> new Finality.Pending("in the pool"));
        target.finalities.add(() -> new Finality.Included("1 block"));
        target.finalities.add(() -> new Finality.Reorged("another block"));
        try (Scheduler scheduler = scheduler()) {
            assertEquals(List.of(INTENDED, SUBMITTED, PENDING), tick(scheduler));
            assertEquals(List.of(), tick(scheduler));
            fixture.now = fixture.now.plusSeconds(30);
            assertEquals(List.of(PENDING), tick(scheduler));
            fixture.now = fixture.now.plusSeconds(30);
            assertEquals(List.of(FAILED), tick(scheduler));
            fixture.now = fixture.now.plusSeconds(30);
            assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler));
        }
        assertEquals(1, anchors(main).size());
    }

    @Test
    void evidenceThatDoesNotHoldIsNotRecordedAndANewAnchorIsPrepared() {
        record(main, "one");
        target.finalities.add(() -> new Finality.Invalid("forged"));
        try (Scheduler scheduler = scheduler()) {
            List<LaneEvent> events = scheduler.tick();
            assertEquals(
                    "NETWORK: the evidence doesn't hold: forged", events.get(2).detail());
            assertEquals(0, anchors(main).size());
            fixture.now = fixture.now.plusSeconds(10);
            assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void aTargetThatThrowsAnythingStopsNoOtherLane() {
        record(main, "one");
        ScriptedAnchor good = new ScriptedAnchor("test:good");
        target.failures.add(new ArithmeticException("a bug"));
        try (Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target, good))
                .build()) {
            List<LaneEvent> events = scheduler.tick();
            assertEquals(1, count(events, FINAL));
            assertEquals(
                    "UNKNOWN_OUTCOME: java.lang.ArithmeticException: a bug",
                    events.get(1).detail());
        }
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        record(main, "one");
        try (Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target))
                .listener(event -> {
                    throw new IllegalStateException("a listener's bug");
                })
                .build()) {
            assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
        }
    }
}
