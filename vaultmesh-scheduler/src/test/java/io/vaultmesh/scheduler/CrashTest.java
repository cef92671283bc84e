package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.LaneEvent.What.FAILED;
import static io.vaultmesh.scheduler.LaneEvent.What.FINAL;
import static io.vaultmesh.scheduler.LaneEvent.What.INTENDED;
import static io.vaultmesh.scheduler.LaneEvent.What.SUBMITTED;
import static io.vaultmesh.scheduler.SchedulerFixture.anchors;
import static io.vaultmesh.scheduler.SchedulerFixture.attestation;
import static io.vaultmesh.scheduler.SchedulerFixture.count;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.journal.Intent;
import io.vaultmesh.scheduler.journal.Journal;
import io.vaultmesh.scheduler.journal.JournalDamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal as it stood at each moment of an anchor is put back, as if the process had died there. */
class CrashTest {

    @TempDir
    Path directory;

    private final SchedulerFixture fixture = new SchedulerFixture();
    private final ScriptedAnchor target = new ScriptedAnchor("test:one");
    private final Map<LaneEvent.What, byte[]> journals = new EnumMap<>(LaneEvent.What.class);
    private Remembrancer memory;
    private Namespace main;
    private Path journal;

    @BeforeEach
    void open() {
        memory = fixture.memory(directory.resolve("memory"));
        main = memory.namespace("main");
        journal = memory.directory().resolve(Scheduler.DIRECTORY).resolve(Journal.FILE);
        record(main, "one");
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private Scheduler scheduler(Anchor anchor) {
        return fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", anchor))
                .listener(event -> journals.put(event.what(), journal()))
                .build();
    }

    private byte[] journal() {
        try {
            return Files.readAllBytes(journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<LaneEvent.What> tick(Scheduler scheduler) {
        return scheduler.tick().stream().map(LaneEvent::what).toList();
    }

    private void anchorOnce() {
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void afterTheIntentTheVerySameIsSent() throws IOException {
        anchorOnce();
        Files.write(journal, journals.get(INTENDED));
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(List.of(SUBMITTED, FINAL), tick(scheduler));
        }
        assertEquals(2, target.sent.size());
        assertEquals(1, Set.copyOf(target.sent).size(), target.sent.toString());
        assertEquals(1, target.published.size());
        assertEquals(1, anchors(main).size());
    }

    @Test
    void afterItWasSubmittedAndRecordedItIsNotRecordedTwice() throws IOException {
        anchorOnce();
        Files.write(journal, journals.get(SUBMITTED));
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(List.of(FINAL), tick(scheduler));
        }
        assertEquals(1, target.sent.size());
        assertEquals(1, anchors(main).size());
    }

    @Test
    void whatIsUnderWayIsFinishedAlsoIfTheJournalIsAllThatIsLeftOfIt() throws IOException {
        target.finalities.add(() -> new Finality.Pending("waits"));
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(3, tick(scheduler).size());
        }
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(List.of(FINAL), tick(scheduler));
        }
        assertEquals(1, anchors(main).size());
    }

    @Test
    void theIntentIsOnTheDiskBeforeAnythingIsSent() {
        Anchor looking = new Anchor() {
            @Override
            public String name() {
                return target.name();
            }

            @Override
            public JsonObject prepare(TrustedCheckpoint checkpoint) {
                return target.prepare(checkpoint);
            }

            @Override
            public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
                String bytes = new String(CanonicalJson.encode(request), UTF_8);
                assertTrue(new String(journal(), UTF_8).contains(bytes), "sent without its intent");
                return target.submit(checkpoint, request);
            }

            @Override
            public Finality verify(Checkpoint checkpoint, JsonObject evidence) {
                return target.verify(checkpoint, evidence);
            }
        };
        try (Scheduler scheduler = scheduler(looking)) {
            assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void aCheckpointThatThisLogDidNotSignIsNotRecorded() {
        Checkpoint forged =
                new Checkpoint(main.checkpoint().origin(), 9, main.checkpoint().root());
        NoteSigner other = NoteSigner.ed25519(forged.origin(), Ed25519PrivateKey.ofSeed(new byte[32]));
        JsonObject request = JsonObject.builder()
                .put("number", 1)
                .put("root", forged.root().toString())
                .build();
        try (Journal open = Journal.open(journal.getParent())) {
            open.intent(
                    Lane.parse("main/fast/test:one"),
                    new Intent(fixture.now, SignedNote.sign(forged.toText(), other), request));
        }
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(List.of(FAILED), tick(scheduler));
            assertEquals(0, target.sent.size());
            assertEquals(0, anchors(main).size());
            fixture.now = fixture.now.plusSeconds(10);
            assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(scheduler));
        }
    }

    @Test
    void whatIsUnderWayIsGivenUpIfTheLogIsAnOlderOneNow() {
        TrustedCheckpoint shorter;
        TrustedCheckpoint longer;
        try (Remembrancer before = fixture.memory(directory.resolve("before"))) {
            record(before.namespace("main"), "one");
            shorter = before.namespace("main").checkpoint();
            before.backup(directory.resolve("backup"));
            record(before.namespace("main"), "two");
            longer = before.namespace("main").checkpoint();
        }
        Path restored = directory.resolve("restored");
        Remembrancer.restore(directory.resolve("backup"), restored);
        JsonObject request = target.prepare(longer);
        try (Journal open = Journal.open(restored.resolve(Scheduler.DIRECTORY))) {
            open.intent(Lane.parse("main/fast/test:one"), new Intent(fixture.now, longer.note(), request));
        }
        try (Remembrancer copy = fixture.memory(restored);
                Scheduler scheduler = fixture.scheduler(copy)
                        .namespace("main", cadence -> cadence.fast("1h", target))
                        .build()) {
            String detail = scheduler.tick().get(0).detail(); // what is under way isn't sent either
            assertTrue(detail.contains("is a copy that signs nothing"), detail);
            fixture.now = fixture.now.plusSeconds(10);
            assertEquals("PARKED", scheduler.tick().get(0).detail());
            assertEquals(0, target.sent.size());
        }
        try (Remembrancer again = Remembrancer.builder(restored)
                        .clock(fixture.clock)
                        .knownElsewhere(shorter)
                        .open();
                Scheduler scheduler = fixture.scheduler(again)
                        .namespace("main", cadence -> cadence.fast("1h", target))
                        .build()) {
            String detail = scheduler.tick().get(0).detail();
            assertTrue(detail.contains("what is under way is not of this log: "), detail);
            fixture.now = fixture.now.plusSeconds(20);
            List<LaneEvent> events = scheduler.tick();
            assertEquals(1, count(events, FINAL), events::toString);
            assertEquals(1, target.published.get(0).size());
        }
    }

    @Test
    void anAttestationHoldsForItsLogAndItsTargetAlone() {
        anchorOnce();
        Attestation attestation = attestation(main, anchors(main).get(0), target);
        assertEquals(attestation, Attestation.parse(attestation.bytes()));
        assertInstanceOf(
                Finality.Invalid.class,
                attestation.verify(target, memory.namespace("other").verifier()));
        assertInstanceOf(Finality.Invalid.class, attestation.verify(new ScriptedAnchor("test:other"), main.verifier()));
        Attestation forged = new Attestation(
                attestation.target(),
                SignedNote.sign(
                        attestation.note().text(),
                        NoteSigner.ed25519(attestation.checkpoint().origin(), Ed25519PrivateKey.ofSeed(new byte[32]))),
                attestation.evidence());
        assertInstanceOf(Finality.Invalid.class, forged.verify(target, main.verifier()));
        String more = new String(attestation.bytes(), UTF_8).replace("{\"checkpoint\"", "{\"a\":1,\"checkpoint\"");
        assertThrows(IllegalArgumentException.class, () -> Attestation.parse(more.getBytes(UTF_8)));
    }

    @Test
    void nothingIsAnchoredByADamagedJournal() throws IOException {
        anchorOnce();
        byte[] damaged = journals.get(SUBMITTED).clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(journal, damaged);
        assertThrows(JournalDamagedException.class, () -> scheduler(target));
        Files.delete(journal); // as the message says
        fixture.now = fixture.now.plusSeconds(7200);
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(List.of(LaneEvent.What.SKIPPED), tick(scheduler), "the memory knows what is anchored");
        }
    }
}
