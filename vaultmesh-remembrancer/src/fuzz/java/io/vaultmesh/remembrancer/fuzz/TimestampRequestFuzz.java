package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampRequest;
import io.vaultmesh.remembrancer.timestamp.TimestampResponse;
import java.time.Instant;

/** A request is refused, or is the same when it is written and read again; an authority answers either. */
class TimestampRequestFuzz {

    private static final TimestampAuthority AUTHORITY =
            TimestampAuthority.create(() -> Instant.parse("2026-11-27T00:00:00Z"));

    @FuzzTest
    void parse(byte[] bytes) {
        boolean read = false;
        try {
            TimestampRequest request = TimestampRequest.parse(bytes);
            read = true;
            assertEquals(request, TimestampRequest.parse(request.toBytes()));
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
        }
        boolean granted = TimestampResponse.parse(AUTHORITY.respond(bytes)).granted();
        assertEquals(read || !granted, true, "what can't be read is not granted");
    }
}
