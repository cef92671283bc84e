package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.Erasure;
import io.vaultmesh.remembrancer.receipt.Receipt;
import org.junit.jupiter.api.Test;

class ErasingTest extends MemoryFixture {

    @Test
    void isRefusedForWhatIsNotTheBodyOfItsRecord() {
        try (Remembrancer memory = open()) {
            Receipt first = memory.record(discovery("first"));
            Receipt withoutBody = memory.record(deployment());
            Hash body = first.record().predicate().body().orElseThrow().digest();
            Hash other = Hashing.sha256(new byte[] {1});
            String message = assertThrows(
                            IllegalArgumentException.class, () -> memory.record(Erasure.of(first.id(), other, "why")))
                    .getMessage();
            assertTrue(message.contains(first.id() + ", whose body is " + body), message);
            assertTrue(message.contains("of body " + other), message);
            message = assertThrows(
                            IllegalArgumentException.class,
                            () -> memory.record(Erasure.of(withoutBody.id(), body, "why")))
                    .getMessage();
            assertTrue(message.contains(withoutBody.id() + ", which has no body"), message);
            message = assertThrows(IllegalArgumentException.class, () -> memory.record(Erasure.of(other, body, "why")))
                    .getMessage();
            assertTrue(message.contains("links to " + other), message);
            assertEquals(2, memory.timeline().count());
            memory.record(Erasure.of(first.id(), body, "why"));
            memory.verifyAudit().orThrow();
        }
    }
}
