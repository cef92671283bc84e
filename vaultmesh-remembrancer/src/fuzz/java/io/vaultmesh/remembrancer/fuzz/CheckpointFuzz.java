package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.log.Checkpoint;

/** A checkpoint is refused, or written as it was read. */
class CheckpointFuzz {

    @FuzzTest
    void parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            assertEquals(text, Checkpoint.parse(text).toText());
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
        }
    }
}
