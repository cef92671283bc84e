package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.Base64;
import java.util.List;

/** A log's proof is refused, or written as it was read; and proves nothing that the log of the fixture doesn't hold. */
class LogProofFuzz {

    private static final NoteVerifier LOG = Fixture.LOG.verifier();
    private static final List<Receipt> RECEIPTS = Fixture.RECEIPTS;

    @FuzzTest
    void parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        LogProof proof;
        try {
            proof = LogProof.parse(text);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return;
        }
        assertEquals(text, proof.toText());
        assertEquals(proof, LogProof.parse(proof.toText()));
        proof.extra()
                .ifPresent(data -> assertEquals(
                        data,
                        Base64.getEncoder().encodeToString(Base64.getDecoder().decode(data))));
        int other = (int) ((proof.index() + 1) % RECEIPTS.size());
        assertFalse(proof.verify(RECEIPTS.get(other).id(), LOG).holds(), () -> other + " at " + proof.index());
    }
}
