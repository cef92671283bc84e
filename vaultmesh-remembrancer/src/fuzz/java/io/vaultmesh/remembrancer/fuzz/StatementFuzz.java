package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.dsse.Statement;

/** A statement is refused, or written as it was read. */
class StatementFuzz {

    @FuzzTest
    void parse(byte[] json) {
        try {
            assertArrayEquals(json, Statement.parse(json).bytes());
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
        }
    }
}
