package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.remembrancer.openpgp.PgpKeyring;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A signature is refused, or is the same when it is written and read again; and nobody is believed without a pin. */
class PgpSignatureFuzz {

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    @FuzzTest
    void parse(byte[] bytes) {
        PgpSignature signature;
        try {
            signature = PgpSignature.parse(bytes);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return;
        }
        assertEquals(signature, PgpSignature.parse(signature.toBytes()));
        assertEquals(signature, PgpSignature.parse(signature.toArmor().getBytes(StandardCharsets.US_ASCII)));
        assertFalse(
                PgpKeyring.empty()
                        .verify(signature, new byte[] {1}, NOW)
                        .verdict(1)
                        .holds(),
                "nobody is pinned");
    }
}
