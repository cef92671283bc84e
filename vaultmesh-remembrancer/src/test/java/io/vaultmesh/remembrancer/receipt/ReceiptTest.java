package io.vaultmesh.remembrancer.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptTest {

    @TempDir
    Path directory;

    private Receipt receipt;
    private Receipt other;
    private NoteVerifier logKey;

    @BeforeEach
    void record() {
        try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
            memory.record(Discovery.of("zero", "."));
            receipt = memory.record(Discovery.of("one", "."));
            other = memory.record(Discovery.of("two", "."));
            logKey = NoteVerifier.of(memory.verifier().toText());
        }
    }

    @Test
    void roundTrips() {
        assertEquals(receipt, Receipt.parse(receipt.bytes()));
        assertTrue(Receipt.parse(receipt.bytes()).verify(logKey).holds());
        assertTrue(new String(receipt.bytes(), UTF_8).startsWith("{\"envelope\":{\"payload\":"));
    }

    @Test
    void withAnyByteFlippedIsRefusedOrRefuted() {
        byte[] bytes = receipt.bytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            boolean accepted;
            try {
                accepted = Receipt.parse(flipped).verify(logKey).holds();
            } catch (IllegalArgumentException malformed) {
                accepted = false;
            }
            assertFalse(accepted, "byte " + i + " of " + new String(bytes, UTF_8));
        }
    }

    @Test
    void withTheProofOfAnotherRecordIsRefuted() {
        assertFalse(Receipt.of(receipt.envelope(), other.proof()).verify(logKey).holds());
    }

    @Test
    void underAnotherLogsKeyIsRefuted() {
        try (Remembrancer stranger = Remembrancer.open(directory.resolve("stranger"))) {
            String reason = receipt.verify(stranger.verifier()).reason().orElseThrow();
            assertTrue(reason.contains("expected " + stranger.verifier().name()), reason);
        }
    }

    @Test
    void hasOneForm() {
        String spaced = new String(receipt.bytes(), UTF_8).replace("\"format\":1", "\"format\": 1.0");
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Receipt.parse(spaced.getBytes(UTF_8)).id())
                .getMessage();
        assertEquals("not a receipt: it is not canonical JSON (RFC 8785)", message);
        assertThrows(
                IllegalArgumentException.class,
                () -> Receipt.parse(new byte[1024 * 1024 + 1]).id());
    }

    @Test
    void ofAnotherFormatIsRefused() {
        String json = new String(receipt.bytes(), UTF_8).replace("\"format\":1", "\"format\":7");
        assertEquals(
                "not a receipt: format is 7, expected 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Receipt.parse(json.getBytes(UTF_8)).id())
                        .getMessage());
    }
}
