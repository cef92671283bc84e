package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonException;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import java.util.Arrays;

/** JSON is refused, or has one value and one canonical form. */
class JsonFuzz {

    @FuzzTest
    void parse(byte[] json) {
        JsonValue value;
        try {
            value = StrictJson.parse(json);
        } catch (JsonException refused) {
            Refusal.check(refused);
            return;
        }
        byte[] canonical = CanonicalJson.encode(value);
        assertArrayEquals(canonical, CanonicalJson.canonicalize(json));
        assertArrayEquals(canonical, CanonicalJson.canonicalize(canonical));
        assertTrue(CanonicalJson.isCanonical(canonical));
        try {
            assertEquals(value, StrictJson.parse(canonical));
        } catch (JsonException refused) {
            // 1e16 is read, but not 10000000000000000, as which it is written
            assertEquals(JsonException.Reason.NUMBER_PRECISION_LOSS, refused.reason());
            assertFalse(Arrays.equals(json, canonical), () -> "read, and then not: " + refused.getMessage());
        }
    }
}
