package io.vaultmesh.remembrancer.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedCheckpointTest {

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);
    private static final String ORIGIN = "example.com/memory/main";

    @TempDir
    Path directory;

    private static MerkleLog log(String... entries) {
        return log(KEY, entries);
    }

    private static MerkleLog log(Ed25519PrivateKey key, String... entries) {
        MerkleLog log = MerkleLog.inMemory(NoteSigner.ed25519(ORIGIN, key));
        for (String entry : entries) {
            log.append(entry.getBytes(StandardCharsets.UTF_8));
        }
        return log;
    }

    private static Check check(PinnedCheckpoint pinned, MerkleLog log) {
        return pinned.check(List.of(new AuditedLog(log.verifier(), log::verify)));
    }

    private PinnedCheckpoint pin(byte[] note) throws IOException {
        return PinnedCheckpoint.file(Files.write(directory.resolve("checkpoint"), note));
    }

    private PinnedCheckpoint pin(MerkleLog log) throws IOException {
        return pin(log.checkpoint().note().bytes());
    }

    @Test
    void passesIfTheLogContinuesIt() throws IOException {
        PinnedCheckpoint pinned = pin(log("a", "b"));
        Check check = check(pinned, log("a", "b", "c"));
        assertEquals(Outcome.PASS, check.outcome(), check.toString());
        assertEquals("pinned checkpoint in " + directory.resolve("checkpoint"), check.name());
        assertEquals(directory.resolve("checkpoint").toString(), pinned.where());
        assertEquals(Outcome.PASS, check(pinned, log("a", "b")).outcome());
    }

    @Test
    void failsIfTheLogIsShorterOrAnother() throws IOException {
        PinnedCheckpoint pinned = pin(log("a", "b"));
        for (MerkleLog other : List.of(log("a"), log("a", "x"), log("a", "x", "c"), log())) {
            Check check = check(pinned, other);
            assertEquals(Outcome.FAIL, check.outcome(), check.toString());
        }
    }

    @Test
    void failsUnderAnotherKeyOrOrigin() throws IOException {
        Ed25519PrivateKey other = Ed25519PrivateKey.ofSeed(new byte[] {
            9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9
        });
        Check otherKey = check(pin(log(other, "a")), log("a"));
        assertEquals(Outcome.FAIL, otherKey.outcome(), otherKey.toString());
        Check otherOrigin = check(
                pin(SignedNote.sign("example.com/other\n1\n", NoteSigner.ed25519("example.com/other", KEY))
                        .bytes()),
                log("a"));
        assertEquals("it is of example.com/other, expected one of [" + ORIGIN + "]", otherOrigin.detail());
        assertEquals(Outcome.FAIL, otherOrigin.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no note", "example.com/memory/main\n\n"})
    void failsIfItIsNoNote(String text) throws IOException {
        Check check = check(pin(text.getBytes(StandardCharsets.UTF_8)), log("a"));
        assertEquals(Outcome.FAIL, check.outcome(), check.toString());
    }

    @Test
    void failsIfItIsTooLongForANote() throws IOException {
        assertEquals(Outcome.FAIL, check(pin(new byte[2 << 20]), log("a")).outcome());
        byte[] signed = SignedNote.sign(ORIGIN + "\nmany\n", NoteSigner.ed25519(ORIGIN, KEY))
                .bytes();
        assertEquals(Outcome.FAIL, check(pin(signed), log("a")).outcome(), "a note, but no checkpoint");
    }

    @Test
    void isNotCheckedIfItIsNotThereOrTheLogCantBeRead() throws IOException {
        for (Path none : List.of(directory.resolve("none"), directory)) {
            Check check = check(PinnedCheckpoint.file(none), log("a"));
            assertEquals(Outcome.NOT_CHECKED, check.outcome());
        }
        MerkleLog log = log("a");
        AuditedLog unreadable = new AuditedLog(log.verifier(), since -> {
            throw new UncheckedIOException(new IOException("no disk"));
        });
        assertEquals(Outcome.NOT_CHECKED, pin(log).check(List.of(unreadable)).outcome());
        AuditedLog refuting = new AuditedLog(log.verifier(), since -> Verdict.refuted("rolled back"));
        assertEquals("rolled back", pin(log).check(List.of(refuting)).detail());
    }

    @Test
    void isReadFromACommit() throws IOException {
        Path repository = Files.createDirectory(directory.resolve("repository"));
        Path file = repository.resolve("pinned/checkpoint");
        Files.createDirectory(repository.resolve("pinned"));
        Files.write(file, log("a", "b").checkpoint().note().bytes());
        git(repository, "init", "-q");
        git(repository, "add", ".");
        git(repository, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "pinned");
        Files.writeString(file, "changed since");
        PinnedCheckpoint pinned = PinnedCheckpoint.git(repository, "HEAD", "pinned/checkpoint");
        Check pass = check(pinned, log("a", "b", "c"));
        assertEquals(Outcome.PASS, pass.outcome(), pass.toString());
        assertTrue(pass.name().endsWith(repository + ", HEAD:pinned/checkpoint"), pass.name());
        assertEquals(Outcome.FAIL, check(pinned, log("x", "b", "c")).outcome());
        Check noFile = check(PinnedCheckpoint.git(repository, "HEAD", "other"), log("a"));
        assertEquals(Outcome.NOT_CHECKED, noFile.outcome());
        assertTrue(
                noFile.detail().contains("git exits with 128")
                        && noFile.detail().contains("other"),
                noFile.detail());
        Files.createDirectory(repository.resolve("inside"));
        Check noRepository = check(PinnedCheckpoint.git(repository.resolve("inside"), "HEAD", "x"), log("a"));
        assertTrue(noRepository.detail().contains("not a git repository"), noRepository.detail());
        Check nowhere = check(PinnedCheckpoint.git(directory.resolve("none"), "HEAD", "x"), log("a"));
        assertTrue(nowhere.detail().contains("is no directory"), nowhere.detail());
    }

    private static void git(Path repository, String... arguments) {
        String unused = OutsideProgram.require("git")
                .withoutEnv("GIT_")
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .run(repository, arguments)
                .orFail();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--output=x", "a\u0000b", "HEAD:x"})
    void refusesARevisionThatTheProgramCouldReadAsSomethingElse(String revision) {
        assertThrows(IllegalArgumentException.class, () -> PinnedCheckpoint.git(directory, revision, "x"));
        if (!revision.contains(":")) {
            assertThrows(IllegalArgumentException.class, () -> PinnedCheckpoint.git(directory, "HEAD", revision));
        }
    }
}
