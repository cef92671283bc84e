package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.util.Optional;

/**
 * A record of somebody who signs whatever the statement is: it is refused, or its statement is written as it was read. The
 * statement is signed here, since no fuzzer makes signatures.
 */
class RecordFuzz {

    private static final EnvelopeSigner AUTHOR = Fixture.AUTHOR;

    @FuzzTest
    void parse(byte[] json) {
        Statement statement;
        try {
            statement = Statement.parse(json);
        } catch (IllegalArgumentException refused) {
            return; // StatementFuzz looks at these
        }
        byte[] entry = Envelope.sign(statement, AUTHOR).bytes();
        Optional<MemoryRecord> verified = verified(entry);
        MemoryRecord record;
        try {
            record = MemoryRecord.unverified(entry);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            assertFalse(verified.isPresent(), "verified, though it is none");
            return;
        }
        boolean byItsAuthor = record.predicate().author().equals(AUTHOR.keyId());
        assertEquals(byItsAuthor ? Optional.of(record) : Optional.empty(), verified);
        assertEquals(MerkleTree.leafHash(entry), record.id());
        assertArrayEquals(
                json,
                new Statement(
                                record.subjects(),
                                record.kind().predicateType(),
                                record.predicate().toJson())
                        .bytes());
        assertEquals(record.kind() == Kind.ERASURE, record.erased().isPresent());
        assertFalse(record.title().isBlank() || record.evidence().containsKey(""), "title and names of evidence");
        Hash unused = record.contentHash();
    }

    private static Optional<MemoryRecord> verified(byte[] entry) {
        try {
            return Optional.of(MemoryRecord.verified(entry));
        } catch (RefutedException refused) {
            Refusal.check(refused);
            return Optional.empty();
        }
    }
}
