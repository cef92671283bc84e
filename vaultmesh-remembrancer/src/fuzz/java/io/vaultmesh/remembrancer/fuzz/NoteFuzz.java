package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.note.Cosignature;
import io.vaultmesh.core.note.CosignatureVerifier;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.util.List;

/** A note is refused, or written as it was read; and nobody signed what the keys of the fixture didn't. */
class NoteFuzz {

    private static final NoteVerifier LOG = Fixture.LOG.verifier();
    private static final CosignatureVerifier WITNESS = Fixture.WITNESS.verifier();

    @FuzzTest
    void parse(byte[] bytes) {
        SignedNote note;
        try {
            note = SignedNote.parse(bytes);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return;
        }
        assertArrayEquals(bytes, note.bytes());
        assertEquals(note, SignedNote.parse(note.toText()));
        assertFalse(note.verify().holds(), "nobody is known");
        boolean ours = note.text().equals(Fixture.NOTE.text());
        assertFalse(note.verify(LOG).holds() && !ours, "signed by the log");
        assertFalse(note.verifyCosignatures(1, WITNESS).holds() && !ours, "cosigned");
        try {
            List<Cosignature> cosignatures = note.cosignatures(WITNESS);
            assertFalse(!cosignatures.isEmpty() && !ours, "cosignatures");
        } catch (RefutedException refused) {
            Refusal.check(refused);
        }
    }
}
