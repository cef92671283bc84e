package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.remembrancer.trust.TrustStore;

/** A trust store is refused, or written as it was read. */
class TrustStoreFuzz {

    @FuzzTest
    void parse(byte[] bytes) {
        try {
            assertArrayEquals(bytes, TrustStore.parse(bytes).bytes());
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
        }
    }
}
