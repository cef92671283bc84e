package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.ConfigEvent.What.KEPT;
import static io.vaultmesh.scheduler.ConfigEvent.What.LEFT_OUT;
import static io.vaultmesh.scheduler.ConfigEvent.What.LOADED;
import static io.vaultmesh.scheduler.LaneEvent.What.FAILED;
import static io.vaultmesh.scheduler.LaneEvent.What.FINAL;
import static io.vaultmesh.scheduler.LaneEvent.What.INTENDED;
import static io.vaultmesh.scheduler.LaneEvent.What.PENDING;
import static io.vaultmesh.scheduler.LaneEvent.What.SKIPPED;
import static io.vaultmesh.scheduler.LaneEvent.What.SUBMITTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ReloadedLanesTest {

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
    class LanesThatStay {

        @Test
        void keepWhatIsUnderWayAndTheirWaits() {
            try (Scheduler scheduler = files.builder().build()) {
                ScriptedAnchor one = files.made.get(0);
                one.failures.add(new AnchorException(Trouble.UNKNOWN_OUTCOME, "who knows"));
                assertEquals(List.of(INTENDED, FAILED), files.next(scheduler));
                LaneState before = state(scheduler, "main/fast/test:one");
                files.lanes(ONE, TWO);
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), files.next(scheduler));
                assertEquals(before, state(scheduler, "main/fast/test:one"));
                files.fixture.now = files.fixture.now.plusSeconds(60);
                assertEquals(List.of(SUBMITTED, FINAL), files.next(scheduler));
                assertEquals(2, one.sent.size());
                assertEquals(one.sent.get(0), one.sent.get(1));
            }
        }

        @Test
        void followTheirNewCadence() {
            try (Scheduler scheduler = files.builder().build()) {
                files.next(scheduler);
                files.lanes(ONE.replace("1d", "1h"));
                assertEquals(List.of(), files.next(scheduler)); // it was served
                SchedulerFixture.record(files.main, "two");
                files.fixture.now = files.fixture.now.plusSeconds(3600);
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), files.next(scheduler));
            }
        }

        @Test
        void areTriedAgainIfTheirTargetIsAnother() {
            files.lanes(ONE, TWO);
            FilesFixture.write(files.anchors, "{test: {one: {url: a}, two: {url: a}}}");
            try (Scheduler scheduler = files.builder().build()) {
                files.made.forEach(target -> target.failures.add(new AnchorException(Trouble.MISCONFIGURED, "where?")));
                assertEquals(List.of(INTENDED, FAILED, INTENDED, FAILED), files.next(scheduler));
                files.fixture.now = files.fixture.now.plusSeconds(3600);
                assertEquals(List.of(SKIPPED, SKIPPED), files.next(scheduler));
                FilesFixture.write(files.anchors, "{test: {one: {url: b}, two: {url: a}}}");
                assertEquals(
                        List.of(SUBMITTED, FINAL, SKIPPED),
                        files.next(scheduler).stream()
                                .sorted(Comparator.comparing(what -> what == SKIPPED))
                                .toList());
                assertEquals(3, files.made.size());
                assertEquals(1, files.made.get(2).published.size());
            }
        }
    }

    @Nested
    class NewLanes {

        @Test
        void beginSpread() {
            try (Scheduler scheduler = Scheduler.builder(files.memory)
                    .clock(files.fixture.clock)
                    .files(files.namespaces, files.anchors)
                    .targetType("test", Set.of(), settings -> new ScriptedAnchor(settings.name()))
                    .build()) {
                files.fixture.now = files.fixture.now.plusSeconds(600);
                files.lanes(ONE, TWO);
                files.next(scheduler);
                Window wait = state(scheduler, "main/cold/test:two").quiet().orElseThrow();
                assertEquals(files.fixture.now, wait.from());
                assertTrue(wait.until().isBefore(files.fixture.now.plusSeconds(60)), wait::toString);
            }
        }

        @Test
        void knowWhatTheyAnchoredWhenTheyWereThereBefore() {
            files.lanes(ONE, TWO);
            try (Scheduler scheduler = files.builder().build()) {
                files.next(scheduler);
                long anchored = state(scheduler, "main/fast/test:one").anchored();
                files.lanes(TWO);
                assertEquals(List.of(), files.next(scheduler));
                files.lanes(ONE, TWO);
                assertEquals(List.of(), files.next(scheduler));
                assertEquals(anchored, state(scheduler, "main/fast/test:one").anchored());
                files.fixture.now = files.fixture.now.plus(Duration.ofDays(1));
                assertEquals(List.of(SKIPPED, SKIPPED), files.next(scheduler));
            }
        }

        @Test
        void mayBeOfNamespacesThatWerentThere() {
            try (Scheduler scheduler = files.builder().build()) {
                files.next(scheduler);
                SchedulerFixture.record(files.memory.namespace("other"), "one");
                files.lanes(ONE, "other/fast/test:one 1h");
                assertEquals(List.of(INTENDED, SUBMITTED, FINAL), files.next(scheduler));
            }
        }
    }

    @Nested
    class LanesThatGo {

        @Test
        void endWhatIsUnderWayAndBeginNothing() {
            files.lanes(ONE, TWO);
            FilesFixture.write(files.anchors, "{test: {one: {}, two: {}}}");
            try (Scheduler scheduler = files.builder().build()) {
                ScriptedAnchor one = files.made.get(0);
                one.finalities.add(() -> new Finality.Pending("soon"));
                files.next(scheduler);
                files.lanes(TWO, "other/fast/test:one 1h");
                files.next(scheduler);
                assertTrue(FilesFixture.lanes(scheduler).contains("main/fast/test:one"));
                SchedulerFixture.record(files.main, "two");
                files.fixture.now = files.fixture.now.plusSeconds(60);
                assertEquals(
                        List.of(FINAL),
                        files.next(scheduler).stream()
                                .filter(what -> what != SKIPPED)
                                .toList());
                assertEquals(Set.of("main/cold/test:two", "other/fast/test:one"), FilesFixture.lanes(scheduler));
                assertEquals(1, one.published.size());
                assertEquals(List.of(LOADED, LOADED), files.happened());
            }
        }

        @Test
        void leaveItInTheJournalIfTheirTargetIsGone() {
            files.lanes(ONE, TWO);
            try (Scheduler scheduler = files.builder().build()) {
                files.made.get(0).failures.add(new AnchorException(Trouble.UNKNOWN_OUTCOME, "who knows"));
                files.next(scheduler);
                String sent = files.made.get(0).sent.get(0);
                files.lanes(TWO);
                files.next(scheduler);
                assertEquals(Set.of("main/cold/test:two"), FilesFixture.lanes(scheduler));
                assertEquals(List.of(LOADED, LOADED, KEPT), files.happened());
                assertEquals("main/fast/test:one", files.last().detail());
                files.lanes(ONE, TWO);
                files.fixture.now = files.fixture.now.plusSeconds(60);
                assertEquals(List.of(SUBMITTED, FINAL), files.next(scheduler));
                assertEquals(List.of(sent), files.made.get(2).sent);
            }
        }

        @Test
        void endTheStepThatIsBeingTaken() {
            files.lanes(ONE, TWO);
            try (Scheduler scheduler = files.builder().build()) {
                ScriptedAnchor one = files.made.get(0);
                one.finalities.add(() -> {
                    files.lanes(TWO);
                    files.next(scheduler); // in the middle of a step, as another thread would
                    assertTrue(FilesFixture.lanes(scheduler).contains("main/fast/test:one"));
                    files.lanes(ONE, TWO);
                    assertEquals(List.of(), files.next(scheduler)); // it came back, and is still busy
                    files.lanes(TWO);
                    files.next(scheduler);
                    return new Finality.Final(Instant.EPOCH);
                });
                assertEquals(
                        List.of(INTENDED, SUBMITTED, FINAL),
                        files.next(scheduler).subList(0, 3));
                assertEquals(Set.of("main/cold/test:two"), FilesFixture.lanes(scheduler));
                assertEquals(1, one.sent.size());
                assertEquals(4, scheduler.configuration().orElseThrow().loads());
            }
        }

        @Test
        void tellThatAStepWhichFailedStaysInTheJournal() {
            files.lanes(ONE, TWO);
            try (Scheduler scheduler = files.builder().build()) {
                files.made.get(0).finalities.add(() -> {
                    files.lanes(TWO);
                    files.next(scheduler);
                    throw new IllegalStateException("a bug");
                });
                assertEquals(FAILED, files.next(scheduler).get(2));
                files.next(scheduler);
                assertEquals(Set.of("main/cold/test:two"), FilesFixture.lanes(scheduler));
                assertEquals(KEPT, files.last().what());
            }
        }

        @Test
        void endItAfterARestartToo() {
            files.lanes(ONE);
            try (Scheduler scheduler = files.builder().build()) {
                files.made.get(0).finalities.add(() -> new Finality.Pending("soon"));
                assertEquals(List.of(INTENDED, SUBMITTED, PENDING), files.next(scheduler));
            }
            files.lanes("other/fast/test:one 1h");
            try (Scheduler scheduler = files.builder().build()) {
                ScriptedAnchor again = files.made.get(1);
                again.finalities.add(() -> new Finality.Final(Instant.EPOCH));
                assertTrue(files.next(scheduler).contains(FINAL));
                assertEquals(Set.of("other/fast/test:one"), FilesFixture.lanes(scheduler));
            }
            assertEquals(1, SchedulerFixture.anchors(files.main).size());
        }
    }

    @Nested
    class Targets {

        @Test
        void thatWentAndCameBackBeginAnew() {
            files.lanes("main/fast/test:one 1h", "main/strong/test:two 1h");
            try (Scheduler scheduler = files.builder().build()) {
                ScriptedAnchor two = files.made.get(1);
                for (int i = 0; i < 5; i++) {
                    two.failures.add(new AnchorException(Trouble.NETWORK, "down"));
                    files.fixture.now = files.fixture.now.plusSeconds(600);
                    files.next(scheduler);
                }
                assertEquals(Circuit.OPEN, scheduler.snapshot().circuits().get("test:two"));
                files.lanes("main/fast/test:one 1h");
                files.next(scheduler);
                files.lanes("main/fast/test:one 1h", "main/strong/test:two 1h");
                files.next(scheduler);
                assertEquals(Circuit.CLOSED, scheduler.snapshot().circuits().get("test:two"));
            }
        }

        @Test
        void ofANamespaceThatIsLeftOutAreMadeOnce() {
            files.lanes("main/fast/test:one 1h", "other/fast/test:two 1h", "other/strong/test:bad 1h");
            FilesFixture.write(files.anchors, "{test: {one: {}, two: {}, bad: {url: bad}}}");
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(List.of(LOADED, LEFT_OUT), files.happened());
                for (int i = 0; i < 5; i++) {
                    files.next(scheduler);
                }
                assertEquals(
                        List.of("test:one", "test:two"),
                        files.made.stream().map(ScriptedAnchor::name).sorted().toList());
            }
        }

        @Test
        void ofFilesThatAreRefusedAreMadeOnceAndThoseInUseStay() {
            try (Scheduler scheduler = files.builder().build()) {
                files.lanes("main/fast/test:two 1h", "main/strong/test:bad 1h");
                FilesFixture.write(files.anchors, "{test: {one: {}, two: {}, bad: {url: bad}}}");
                for (int i = 0; i < 5; i++) {
                    files.next(scheduler);
                }
                files.lanes(ONE);
                files.next(scheduler);
                assertEquals(
                        List.of("test:one", "test:two"),
                        files.made.stream().map(ScriptedAnchor::name).sorted().toList());
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"MISCONFIGURED", "NETWORK"})
        void thatWereReplacedSayNothingOfTheirSuccessors(Trouble trouble) {
            files.lanes("main/fast/test:one 1h");
            FilesFixture.write(files.anchors, "{test: {one: {url: a, failures: 1}}}");
            AtomicReference<Scheduler> self = new AtomicReference<>();
            try (Scheduler scheduler = files.builder()
                    .listener(event -> {
                        if (event.what() == INTENDED) { // another thread may reload while one submits
                            files.made.get(0).failures.add(new AnchorException(trouble, "where?"));
                            FilesFixture.write(files.anchors, "{test: {one: {url: b, failures: 1}}}");
                            files.next(self.get());
                        }
                    })
                    .build()) {
                self.set(scheduler);
                assertEquals(List.of(INTENDED, FAILED), files.next(scheduler));
                assertEquals(2, files.made.size());
                assertEquals(false, state(scheduler, "main/fast/test:one").parked());
                assertEquals(Circuit.CLOSED, scheduler.snapshot().circuits().get("test:one"));
                files.fixture.now = files.fixture.now.plusSeconds(20);
                assertEquals(List.of(SUBMITTED, FINAL), files.next(scheduler));
                assertEquals(1, files.made.get(1).published.size());
            }
        }

        @Test
        void goOnIfTheirSettingsAreTheSame() {
            try (Scheduler scheduler = files.builder().build()) {
                FilesFixture.write(files.anchors, "# moved\n{test: {one: {}, default: {}}}");
                files.lanes(ONE, TWO);
                files.next(scheduler);
                assertEquals(2, files.made.size());
                assertEquals(1, files.made.get(0).published.size());
            }
        }

        @Test
        void thatWereLeftOutAreMadeWhenTheirFileIsForTheOwnerAlone() throws IOException {
            Path key = FilesFixture.write(directory.resolve("key"), "s3cret");
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
            files.lanes("main/fast/test:one 1h", "other/fast/test:two 1h");
            FilesFixture.write(files.anchors, "{test: {one: {}, two: {key_file: key}}}");
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(List.of(LOADED, LEFT_OUT), files.happened());
                assertTrue(
                        files.last().detail().contains("rw-r--r--, expected rw-------"),
                        files.last().detail());
                files.next(scheduler);
                assertEquals(2, files.happened().size());
                Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
                files.next(scheduler);
                assertEquals(List.of(LOADED, LEFT_OUT, LOADED), files.happened());
                assertEquals(2, FilesFixture.lanes(scheduler).size());
            }
        }
    }
}
