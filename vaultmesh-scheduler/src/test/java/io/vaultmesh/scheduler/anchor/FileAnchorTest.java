package io.vaultmesh.scheduler.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.anchor.Finality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAnchorTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path directory;

    private Path file;
    private Anchor target;
    private TrustedCheckpoint first;
    private TrustedCheckpoint second;

    @BeforeEach
    void make() {
        file = directory.resolve("checkpoints");
        target = FileAnchor.of("file:test", file, () -> NOW);
        try (MerkleLog log = MerkleLog.inMemory()) {
            log.append("one".getBytes(UTF_8));
            first = log.checkpoint();
            log.append("two".getBytes(UTF_8));
            second = log.checkpoint();
        }
    }

    private static Checkpoint of(TrustedCheckpoint checkpoint) {
        return new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root());
    }

    @CanIgnoreReturnValue
    private JsonObject submit(TrustedCheckpoint checkpoint) {
        return target.submit(of(checkpoint), target.prepare(checkpoint));
    }

    private byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }

    @Test
    void checkpointsAreAppendedOnceEachInTheirOrder() throws IOException {
        JsonObject one = submit(first);
        JsonObject two = submit(second);
        byte[] both = bytes();
        assertEquals(one, submit(first));
        assertEquals(two, submit(second));
        assertEquals(2, Files.readString(file).lines().count());
        assertEquals(new String(both, UTF_8), Files.readString(file));
        assertEquals(new Finality.Final(NOW), target.verify(of(first), one));
        assertEquals(new Finality.Final(NOW), target.verify(of(second), two));
    }

    @Test
    void whereverAWriteBrokeOffTheLineIsThereOnceInTheEnd() throws IOException {
        submit(first);
        int start = bytes().length;
        submit(second);
        byte[] whole = bytes();
        for (int length = start; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            submit(second);
            assertEquals(new String(whole, UTF_8), Files.readString(file), "broken off after " + length + " bytes");
        }
    }

    @Test
    void whatSomebodyElseLeftIsNotTouched() throws IOException {
        Files.writeString(file, "a note, and no line feed");
        JsonObject one = submit(first);
        assertEquals(
                "a note, and no line feed",
                Files.readString(file).lines().findFirst().orElseThrow());
        assertEquals(new Finality.Final(NOW), target.verify(of(first), one));
    }

    @Test
    void whatIsGoneIsMissingAndWhatIsOfAnotherCheckpointInvalid() throws IOException {
        JsonObject one = submit(first);
        assertInstanceOf(Finality.Invalid.class, target.verify(of(second), one));
        assertInstanceOf(
                Finality.Invalid.class,
                target.verify(
                        of(first),
                        JsonObject.builder().put("checkpoint", "no note").build()));
        Files.writeString(file, "x" + Files.readString(file));
        assertInstanceOf(Finality.Missing.class, target.verify(of(first), one));
        Files.delete(file);
        assertInstanceOf(Finality.Missing.class, target.verify(of(first), one));
    }

    @Test
    void aDiskThatIsNotThereIsTriedAgainLater() {
        Anchor elsewhere = FileAnchor.of("file:usb", directory.resolve("usb/checkpoints"), () -> NOW);
        AnchorException refused =
                assertThrows(AnchorException.class, () -> elsewhere.submit(of(first), elsewhere.prepare(first)));
        assertEquals(Trouble.NETWORK, refused.trouble());
        Anchor directoryInItsPlace = FileAnchor.of("file:dir", directory, () -> NOW);
        assertEquals(
                Trouble.UNKNOWN_OUTCOME,
                assertThrows(
                                AnchorException.class,
                                () -> directoryInItsPlace.submit(of(first), directoryInItsPlace.prepare(first)))
                        .trouble());
        assertThrows(IllegalArgumentException.class, () -> FileAnchor.of("rfc3161:x", file, () -> NOW));
    }
}
