package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vaultmesh.core.json.JsonException;

/** The exceptions with which bytes are refused. */
final class Refusal {

    private Refusal() {}

    /** Fails unless a parser threw this on purpose: a NumberFormatException is an IllegalArgumentException too. */
    static void check(RuntimeException thrown) {
        if (thrown instanceof IllegalArgumentException && !(thrown instanceof JsonException)) {
            assertSame(IllegalArgumentException.class, thrown.getClass(), () -> "not documented: " + thrown);
        }
        assertFalse(String.valueOf(thrown.getMessage()).isBlank(), "a refusal says why");
    }
}
