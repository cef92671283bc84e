package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampResponse;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import java.time.Instant;
import java.time.InstantSource;

/** An authority's answer is refused, or written as it was read; and none proves what another authority would. */
class TimestampFuzz {

    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-27T00:00:00Z");
    private static final Hash IMPRINT = Hashing.sha256(new byte[] {1});
    private static final TimestampVerifier PINNED =
            TimestampVerifier.pinning(CLOCK, TimestampAuthority.create(CLOCK).anchor());

    @FuzzTest
    void parse(byte[] bytes) {
        TimestampResponse response;
        try {
            response = TimestampResponse.parse(bytes);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return;
        }
        assertArrayEquals(bytes, response.toBytes());
        assertFalse(PINNED.verify(response, IMPRINT).verdict().holds(), "stamped by the pinned authority");
    }
}
