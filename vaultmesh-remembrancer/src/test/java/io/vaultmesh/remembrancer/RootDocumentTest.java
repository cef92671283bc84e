package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import io.vaultmesh.remembrancer.audit.PinnedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootDocumentTest extends MemoryFixture {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    /** Not UTF-8, with lines that end in every way. */
    private static final String BEFORE = "# Caf\u00e9 \u00ff\r\n\r\nText\nand more\r" + PinnedCheckpoint.BEGIN;

    private static final String AFTER = PinnedCheckpoint.END + "\r\n```\nlast \u0080";

    private Path document(String text) throws IOException {
        return Files.writeString(directory.resolve("README.md"), text, ISO_8859_1);
    }

    private Remembrancer open(Path document) {
        return Remembrancer.builder(path())
                .clock(() -> NOON)
                .publishRootTo(document)
                .open();
    }

    private static String fenced(TrustedCheckpoint checkpoint) {
        return "```\n" + new String(checkpoint.note().bytes(), ISO_8859_1) + "```\n\n";
    }

    private static void requireHolds(Path document, TrustedCheckpoint... checkpoints) throws IOException {
        StringBuilder expected = new StringBuilder(BEFORE + "\n\n");
        for (TrustedCheckpoint checkpoint : checkpoints) {
            expected.append(fenced(checkpoint));
        }
        assertEquals(expected + AFTER, Files.readString(document, ISO_8859_1));
    }

    @Test
    void holdsTheSignedNotesOfAllNamespacesAndNothingElseChanges() throws IOException {
        Path document = document(BEFORE + "what was there\n" + AFTER);
        TrustedCheckpoint main;
        TrustedCheckpoint dao;
        NoteVerifier key;
        try (Remembrancer memory = open(document)) {
            memory.record(deployment());
            memory.namespace("dao:x").record(discovery("x"));
            main = memory.checkpoint();
            dao = memory.namespace("dao:x").checkpoint();
            key = memory.verifier();
        }
        requireHolds(document, dao, main);
        String text = Files.readString(document, ISO_8859_1);
        String note = text.substring(text.lastIndexOf("```\n" + key.name()) + 4, text.indexOf("```\n\n" + AFTER));
        assertEquals(
                1,
                TrustedCheckpoint.verify(SignedNote.parse(note.getBytes(ISO_8859_1)), key)
                        .size());
        byte[] before = Files.readAllBytes(document);
        try (Remembrancer memory = open(document)) {
            memory.namespace("main"); // the other is not opened, and its root stays
        }
        assertArrayEquals(before, Files.readAllBytes(document));
        assertEquals(List.of("README.md", "memory"), names(directory));
    }

    @Test
    void isUpdatedSoonAfterARecord() throws IOException {
        Path document = document(BEFORE + AFTER);
        try (Remembrancer memory = open(document)) {
            for (int i = 0; i < 3; i++) {
                memory.record(deployment());
                requireSoonHolds(document, memory.checkpoint());
            }
        }
    }

    @Test
    void isUpdatedThoughASearchHasIndexedTheRecordBefore() throws IOException {
        Path document = document(BEFORE + AFTER);
        try (Remembrancer memory = open(document)) {
            for (int i = 1; i <= 3; i++) {
                memory.record(deployment());
                assertEquals(i, memory.query("ledger").page().matches());
                requireSoonHolds(document, memory.checkpoint());
            }
        }
    }

    private static void requireSoonHolds(Path document, TrustedCheckpoint checkpoint) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (!Files.readString(document, ISO_8859_1).contains(fenced(checkpoint)) && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        requireHolds(document, checkpoint);
    }

    @Test
    void isTheTargetOfALinkAndKeepsItsPermissions() throws IOException {
        Path document = document(BEFORE + AFTER);
        Files.setPosixFilePermissions(document, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(directory.resolve("link.md"), document);
        TrustedCheckpoint checkpoint;
        try (Remembrancer memory = open(link)) {
            memory.record(deployment());
            checkpoint = memory.checkpoint();
        }
        assertTrue(Files.isSymbolicLink(link));
        requireHolds(document, checkpoint);
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(document)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B", "E", "E B", "B E E", "B B E", "B E B E"})
    void withoutEachMarkerOnceIsRefusedUntouched(String markers) throws IOException {
        String text = markers.replace("B", PinnedCheckpoint.BEGIN).replace("E", PinnedCheckpoint.END);
        Path document = document(text);
        RemembrancerBuilder builder = Remembrancer.builder(path());
        String message = assertThrows(IllegalArgumentException.class, () -> builder.publishRootTo(document))
                .getMessage();
        assertTrue(message.startsWith(document.toRealPath() + " has not the lines"), message);
        assertEquals(text, Files.readString(document));
    }

    @Test
    void whoseMarkersAreGoneIsLeftAloneAndRecordingGoesOn() throws IOException {
        Path document = document(BEFORE + AFTER);
        Remembrancer memory = open(document);
        Files.writeString(document, "written anew");
        memory.record(deployment());
        assertThrows(IllegalArgumentException.class, memory::close);
        assertEquals("written anew", Files.readString(document));
        try (Remembrancer again = open()) {
            assertEquals(1, again.timeline().count());
            again.verifyAudit().orThrow();
        }
    }

    @Test
    void pinsTheCheckpointsThatItHolds() throws IOException {
        Path document = document(BEFORE + AFTER);
        Path old = directory.resolve("old");
        try (Remembrancer memory = open(document)) {
            memory.namespace("dao:x").record(deployment());
            memory.backup(old);
            memory.record(deployment());
        }
        AuditOptions pinned = AuditOptions.defaults().pinned(PinnedCheckpoint.file(document));
        try (Remembrancer memory = open()) {
            memory.record(deployment());
            assertTrue(memory.verifyAudit(pinned).passed());
        }
        try (Remembrancer memory = Remembrancer.open(old)) {
            Check check = memory.verifyAudit(pinned)
                    .check("pinned checkpoint in " + document)
                    .orElseThrow();
            assertEquals(Outcome.FAIL, check.outcome(), "main was rolled back, the other was not");
        }
        Files.writeString(document, Files.readString(document, ISO_8859_1).replace("\n", "\r\n"), ISO_8859_1);
        try (Remembrancer memory = open()) {
            assertTrue(memory.verifyAudit(pinned).passed(), "as git writes it on some systems");
        }
        Path unused = document(BEFORE + AFTER);
        try (Remembrancer memory = open()) {
            assertTrue(memory.verifyAudit(pinned).failed(), "no note between the markers");
        }
    }
}
