package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.LaneEvent.What.FAILED;
import static io.vaultmesh.scheduler.LaneEvent.What.FINAL;
import static io.vaultmesh.scheduler.LaneEvent.What.INTENDED;
import static io.vaultmesh.scheduler.LaneEvent.What.SKIPPED;
import static io.vaultmesh.scheduler.LaneEvent.What.SUBMITTED;
import static io.vaultmesh.scheduler.SchedulerFixture.START;
import static io.vaultmesh.scheduler.SchedulerFixture.anchors;
import static io.vaultmesh.scheduler.SchedulerFixture.attestation;
import static io.vaultmesh.scheduler.SchedulerFixture.count;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.SignatureRecord;
import io.vaultmesh.remembrancer.memory.TimestampRecord;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.journal.Anchored;
import io.vaultmesh.scheduler.journal.Journal;
import io.vaultmesh.scheduler.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SchedulerTest {

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

    @Nested
    class Anchoring {

        @Test
        void recordsAnAttestationThatHoldsTheSignedCheckpoint() {
            record(main, "one");
            TrustedCheckpoint before = main.checkpoint();
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
            }
            MemoryRecord anchor = anchors(main).get(0);
            assertEquals(before.note(), attestation(main, anchor, target).note());
            assertEquals("Anchor of " + before.origin() + " at size 1 in test:one", anchor.title());
            assertFalse(memory.verifyAudit().failed(), memory.verifyAudit().toText());
        }

        @Test
        void oneRecordIsAnchoredOncePerLaneInAYear() {
            record(main, "one");
            ScriptedAnchor other = new ScriptedAnchor("test:two");
            long due = 0;
            try (Scheduler scheduler = fixture.scheduler(memory)
                    .namespace(
                            "main", cadence -> cadence.fast("1h", target, other).strong("1d", target))
                    .build()) {
                for (int quarter = 0; quarter < 366 * 24 * 4; quarter++) {
                    due += count(scheduler.tick(), SKIPPED);
                    assertTrue(target.published.size() <= 2, "anchored again at " + fixture.now);
                    fixture.now = fixture.now.plus(Duration.ofMinutes(15));
                }
            }
            assertEquals(3, anchors(main).size());
            assertEquals(2, target.published.size());
            assertEquals(1, other.published.size());
            // both hours, and the day: each tick was looked at, and not more often
            assertTrue(Math.abs(due - (2 * 366 * 24 + 366)) <= 6, "skipped ticks: " + due);
        }

        @Test
        void twoNodesThatTakeOverEachOthersRecordsDoNotAnchorForEver() {
            try (Remembrancer peer = fixture.memory(directory.resolve("peer"))) {
                record(main, "one");
                Namespace theirs = peer.namespace("main");
                record(theirs, "two");
                ScriptedAnchor theirTarget = new ScriptedAnchor("test:one");
                try (Scheduler mine = scheduler();
                        Scheduler their = fixture.scheduler(peer)
                                .namespace("main", cadence -> cadence.fast("1h", theirTarget))
                                .build()) {
                    for (int day = 0; day < 366; day++) {
                        var unused = List.of(mine.tick(), their.tick());
                        exchange(main, theirs);
                        assertTrue(target.published.size() <= 2, "anchored again at " + fixture.now);
                        fixture.now = fixture.now.plus(Duration.ofDays(1));
                    }
                }
                assertEquals(main.size(), theirs.size());
                // each its own record, and then the other's
                assertEquals(2, target.published.size());
                assertEquals(2, theirTarget.published.size());
            }
        }

        @Test
        void anotherMemorysAnchorIsNotOurs() {
            try (Remembrancer peer = fixture.memory(directory.resolve("peer"))) {
                Namespace theirs = peer.namespace("main");
                for (int i = 0; i < 5; i++) {
                    record(theirs, "record " + i);
                }
                try (Scheduler their = fixture.scheduler(peer)
                        .namespace("main", cadence -> cadence.fast("1h", new ScriptedAnchor("test:one")))
                        .build()) {
                    assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(their));
                }
                List<byte[]> entries =
                        theirs.entries(0, theirs.size()).map(LogEntry::bytes).toList();
                var unused = main.admit(
                        entries,
                        record -> record.kind() == Kind.ANCHOR ? Verdict.proven() : Verdict.refuted("no anchor"));
                assertEquals(1, main.size());
                record(main, "ours, in a smaller tree than was anchored there");
                try (Scheduler scheduler = scheduler()) {
                    assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
                }
            }
        }

        private void exchange(Namespace one, Namespace other) {
            List<byte[]> ofOne = one.entries(0, one.size()).map(LogEntry::bytes).toList();
            List<byte[]> ofOther =
                    other.entries(0, other.size()).map(LogEntry::bytes).toList();
            var unused = List.of(
                    one.admit(ofOther, record -> Verdict.proven()), other.admit(ofOne, record -> Verdict.proven()));
        }

        @Test
        void aPreviewSaysWhatATickWouldDoAndDoesNothing() {
            record(main, "one");
            try (Scheduler scheduler = scheduler()) {
                Step expected = new Step(Lane.parse("main/fast/test:one"), Step.Act.ANCHOR);
                assertEquals(List.of(expected), scheduler.preview().steps());
                assertEquals(List.of(expected), scheduler.preview().steps());
                assertEquals(0, target.sent.size());
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
                assertEquals(List.of(), scheduler.preview().steps());
            }
        }

        @Test
        void missedTicksAreServedOnce() {
            record(main, "one");
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
                record(main, "two");
                assertEquals(List.of(), tick(scheduler), "its tick was served");
                fixture.now = START.plus(Duration.ofHours(7));
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
                record(main, "three");
                assertEquals(List.of(), tick(scheduler));
            }
        }

        @Test
        void signaturesAndTimestampsOverAnchorsMakeNothingDueAndOthersDo() {
            record(main, "one");
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
                MemoryRecord anchor = anchors(main).get(0);
                Hash body = anchor.predicate().body().orElseThrow().digest();
                Body any = Body.text("signature");
                Hash root = target.published.get(0).root();
                main.record(SignatureRecord.of(Subject.artifact("anchor.json", body), "openpgp:AB", any));
                main.record(TimestampRecord.of(Subject.artifact("root", root), START, any));
                Hash note =
                        Hashing.sha256(attestation(main, anchor, target).note().bytes());
                main.record(TimestampRecord.of(Subject.artifact("checkpoint", note), START, any));
                main.record(TimestampRecord.of(
                                Subject.artifact("other", Hashing.sha256("x".getBytes())), START, Body.text("linked"))
                        .link(Link.Rel.TIMESTAMPS, anchor.id()));
                fixture.now = START.plus(Duration.ofHours(1));
                assertEquals(List.of(SKIPPED), tick(scheduler));
                main.record(TimestampRecord.of(
                        Subject.artifact("jar", Hashing.sha256("jar".getBytes())), START, Body.text("over a jar")));
                fixture.now = START.plus(Duration.ofHours(2));
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
            }
        }

        @Test
        void aNewSchedulerKnowsWhatWasAnchored() {
            record(main, "one");
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
            }
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(), tick(scheduler), "its tick was served before");
                fixture.now = START.plus(Duration.ofHours(1));
                assertEquals(List.of(SKIPPED), tick(scheduler));
                record(main, "two");
                fixture.now = START.plus(Duration.ofHours(2));
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
            }
        }

        @Test
        void withoutItsJournalItKnowsItFromTheMemory() throws IOException {
            record(main, "one");
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
            }
            for (int i = 0; i < 300; i++) {
                record(main, "more " + i);
            }
            Path journal = memory.directory().resolve("anchors/journal");
            Files.delete(journal);
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(), tick(scheduler), "its tick was served before");
            }
            assertTrue(Files.readString(journal).contains("\"event\":\"anchored\""), "it isn't sought again");
        }

        @Test
        void aJournalOfALongerLogIsNotBelieved() throws IOException {
            record(main, "one");
            Path journal = memory.directory().resolve("anchors");
            try (Journal later = Journal.open(journal)) {
                later.learned(Map.of(new Lane(NamespaceName.MAIN, Base.FAST, "test:one"), new Anchored(7, START)));
            }
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
            }
        }

        @Test
        void aNamespaceThatIsNotThereIsLeftOutAndNotMade() {
            record(main, "one");
            try (Scheduler scheduler = fixture.scheduler(memory)
                    .namespace("later", cadence -> cadence.fast("1h", target))
                    .namespace("main", cadence -> cadence.fast("1h", target))
                    .build()) {
                List<LaneEvent> events = scheduler.tick();
                assertEquals("NO_NAMESPACE", events.get(0).detail());
                assertEquals(1, count(events, FINAL));
                try (var reader = Remembrancer.read(memory.directory())) {
                    assertEquals(1, reader.namespaces().size());
                }
                record(memory.namespace("later"), "two");
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
            }
        }

        @Test
        void aClockThatJumpsByAYearEitherWayNeitherStopsNorRepeatsIt() {
            record(main, "one");
            try (Scheduler scheduler = scheduler()) {
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
                for (int days : List.of(365, -365, -365, 365)) {
                    fixture.now = fixture.now.plus(Duration.ofDays(days));
                    assertEquals(List.of(SKIPPED), tick(scheduler), days + " days");
                    record(main, "after " + days);
                    fixture.now = fixture.now.plus(Duration.ofHours(1));
                    assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler), days + " days");
                }
                fixture.now = fixture.now.plus(Duration.ofDays(365));
                record(main, "before a failure");
                target.failures.add(new AnchorException(Trouble.NETWORK, "down"));
                assertEquals(List.of(INTENDED, FAILED), tick(scheduler));
                fixture.now = fixture.now.minus(Duration.ofDays(365));
                assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler), "the wait is over, not a year longer");
            }
            assertEquals(6, target.published.size());
        }
    }

    @Nested
    class Started {

        @Test
        @Timeout(60)
        void itTicksByItselfUntilItIsClosed() throws InterruptedException {
            record(main, "one");
            CountDownLatch anchored = new CountDownLatch(1);
            Scheduler scheduler = fixture.scheduler(memory)
                    .namespace("main", cadence -> cadence.fast("1h", target))
                    .listener(event -> {
                        if (event.what() == FINAL) {
                            anchored.countDown();
                        }
                    })
                    .build();
            try (scheduler) {
                scheduler.start();
                assertTrue(anchored.await(30, TimeUnit.SECONDS));
                assertThrows(IllegalStateException.class, scheduler::tick);
                assertThrows(IllegalStateException.class, scheduler::start);
            }
            scheduler.close();
            assertThrows(IllegalStateException.class, scheduler::tick);
            assertThrows(IllegalStateException.class, scheduler::start);
            assertTrue(Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("vaultmesh-anchor")));
        }
    }

    @Nested
    class Builder {

        @Test
        void refusesWhatMakesNoSense() {
            SchedulerBuilder builder = fixture.scheduler(memory);
            assertThrows(IllegalStateException.class, builder::build);
            assertThrows(IllegalArgumentException.class, () -> builder.namespace("Main", cadence -> {}));
            assertThrows(IllegalArgumentException.class, () -> builder.namespace("main", cadence -> {}));
            assertThrows(
                    IllegalArgumentException.class, () -> builder.namespace("main", cadence -> cadence.fast("1h")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.namespace("main", cadence -> cadence.fast("0s", target)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.namespace("main", cadence -> cadence.strong("34*fast", target)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.namespace("main", cadence -> cadence.fast("3*fast", target)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.namespace("main", cadence -> cadence.fast("1h", new ScriptedAnchor("no-colon"))));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.namespace("main", cadence -> cadence.fast("1h", target, target)));
            builder.namespace("main", cadence -> cadence.fast("1h", target).strong("34*fast", target));
            assertThrows(
                    IllegalStateException.class,
                    () -> builder.namespace("main", cadence -> cadence.fast("1h", target)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.namespace("b", cadence -> cadence.fast("1h", new ScriptedAnchor("test:one"))));
        }

        @Test
        void aSecondSchedulerOfOneMemoryIsRefused() {
            try (Scheduler scheduler = scheduler()) {
                assertEquals(1, scheduler.lanes().size());
                assertThrows(IllegalStateException.class, SchedulerTest.this::scheduler);
            }
        }
    }
}
