package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.core.dsse.Statement;
import java.util.Base64;
import java.util.List;

/** An envelope is refused, or is the same when it is written and read again; one for a log has one form and one author. */
class EnvelopeFuzz {

    private static final EnvelopeVerifier AUTHOR =
            EnvelopeVerifier.ed25519(Fixture.key("author").publicKey());
    private static final List<Statement> STATEMENTS = Fixture.STATEMENTS;

    @FuzzTest
    void parse(byte[] bytes) {
        logged(bytes);
        Envelope envelope;
        try {
            envelope = Envelope.parse(bytes);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return;
        }
        assertEquals(envelope, Envelope.parse(envelope.bytes()));
        String json = new String(bytes, UTF_8);
        boolean escaped = json.indexOf('\\') >= 0;
        assertTrue(escaped || json.contains(Base64.getEncoder().encodeToString(envelope.payload())), "one Base64");
        boolean holds = envelope.verify(1, AUTHOR).holds();
        try {
            Statement statement = envelope.statement();
            assertArrayEquals(envelope.payload(), statement.bytes());
            assertFalse(holds && !STATEMENTS.contains(statement), "signed by the author");
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            assertFalse(holds, "the author signed a statement");
        }
    }

    private static void logged(byte[] bytes) {
        Envelope envelope;
        try {
            envelope = Envelope.parseLogged(bytes);
        } catch (RefutedException refused) {
            Refusal.check(refused);
            return;
        }
        assertArrayEquals(bytes, envelope.bytes());
        assertEquals(envelope, Envelope.parse(bytes));
        assertEquals(
                envelope.statement().predicate().string("author"),
                envelope.signatures().get(0).keyId());
    }
}
