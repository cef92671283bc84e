package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.List;

/** A receipt is refused, or written as it was read; and proves nothing that the log of the fixture doesn't hold. */
class ReceiptFuzz {

    private static final NoteVerifier LOG = Fixture.LOG.verifier();
    private static final List<Receipt> RECEIPTS = Fixture.RECEIPTS;

    @FuzzTest
    void parse(byte[] json) {
        Receipt receipt;
        try {
            receipt = Receipt.parse(json);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return;
        }
        assertArrayEquals(json, receipt.bytes());
        assertEquals(receipt, Receipt.of(receipt.record(), receipt.envelope(), receipt.proof()));
        if (receipt.verify(LOG).holds()) {
            assertTrue(
                    RECEIPTS.stream().anyMatch(known -> known.id().equals(receipt.id())),
                    () -> "nobody logged " + receipt);
        }
    }
}
