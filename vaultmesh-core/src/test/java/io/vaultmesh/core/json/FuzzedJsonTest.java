package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.build.TestSeed;
import io.vaultmesh.core.json.JsonException.Reason;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code -Dvaultmesh.json.texts=N} tries N texts instead of the few that are tried by default. */
class FuzzedJsonTest {

    private static final int TEXTS = Integer.getInteger("vaultmesh.json.texts", 20_000);

    @Test
    void everyTextSoundOrDamagedIsCanonicalizedOrRefusedAsByTheReference() {
        RandomJson random = new RandomJson(TestSeed.random());
        int sound = 0;
        byte[] text = {};
        for (int i = 0; i < TEXTS; i++) {
            text = i % 3 == 0 ? random.text() : random.damaged(text);
            Optional<String> expected = ReferenceJson.canonical(text);
            Optional<String> actual = canonical(text);
            assertEquals(
                    expected,
                    actual,
                    "for the text, in Base64, " + Base64.getEncoder().encodeToString(text));
            sound += expected.isPresent() ? 1 : 0;
        }
        assertTrue(sound > TEXTS / 5 && sound < TEXTS, sound + " of " + TEXTS + " were sound");
    }

    @Test
    void everyEntryPointGivesTheSameBytes() throws Exception {
        RandomJson random = new RandomJson(TestSeed.random());
        ObjectMapper jackson = new ObjectMapper();
        int compared = 0;
        for (int i = 0; i < TEXTS / 10; i++) {
            byte[] text = random.text();
            Optional<String> canonical = canonical(text);
            if (canonical.isPresent()) {
                byte[] expected = canonical.get().getBytes(UTF_8);
                assertEquals(canonical.get(), CanonicalJson.canonicalize(new String(text, UTF_8)));
                assertArrayEquals(expected, CanonicalJson.encode(jackson.readTree(text)));
                assertArrayEquals(expected, CanonicalJson.encode(jackson.readValue(text, Object.class)));
                if (isSafe(text)) {
                    assertArrayEquals(expected, CanonicalJson.encode(StrictJson.parse(text)));
                    compared++;
                }
            }
        }
        assertTrue(compared > TEXTS / 40, "only " + compared);
    }

    /** Whether StrictJson reads it: not with integers beyond 2^53 - 1. */
    private static boolean isSafe(byte[] text) {
        try {
            return !StrictJson.parse(text).type().isEmpty();
        } catch (JsonException refused) {
            assertEquals(Reason.NUMBER_PRECISION_LOSS, refused.reason());
            return false;
        }
    }

    private static Optional<String> canonical(byte[] text) {
        try {
            byte[] canonical = CanonicalJson.canonicalize(text);
            assertTrue(CanonicalJson.isCanonical(canonical));
            assertEquals(Arrays.equals(text, canonical), CanonicalJson.isCanonical(text));
            return Optional.of(new String(canonical, UTF_8));
        } catch (JsonException refused) {
            assertTrue(refused.offset() >= 0 && refused.offset() <= text.length, refused.getMessage());
            return Optional.empty();
        }
    }
}
