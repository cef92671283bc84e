package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What became of an entry that was offered to a namespace. Immutable and thread-safe.
 *
 * @param id the leaf hash of the entry, whether it is a record or not
 * @param outcome what became of it
 * @param record the record, unless its bytes are none
 * @param index where it stands in the log, if it does
 * @param reason why it was refused; empty if it wasn't
 */
public record Admission(Hash id, Outcome outcome, Optional<MemoryRecord> record, OptionalLong index, String reason) {

    /** What can become of an entry. */
    public enum Outcome {
        /** It is a record of the namespace that the policy admits, and is logged now. */
        ADMITTED,
        /** It was in the log already. */
        KNOWN,
        /** It isn't logged. */
        REFUSED
    }

    /**
     * Creates an outcome.
     *
     * @param id the leaf hash of the entry, whether it is a record or not
     * @param outcome what became of it
     * @param record the record, unless its bytes are none
     * @param index where it stands in the log, if it does
     * @param reason why it was refused; empty if it wasn't
     */
    public Admission {
        requireNonNull(id, "id");
        requireNonNull(outcome, "outcome");
        requireNonNull(record, "record");
        requireNonNull(index, "index");
        requireNonNull(reason, "reason");
    }

    /**
     * Judges an entry by itself: its bytes, its author's signature, its namespace, and the policy. Nothing else has a say,
     * so that everybody with the same policy judges it alike.
     *
     * @param entry the bytes
     * @param namespace where it is to be logged
     * @param verifier reads a record and verifies its signature, as {@link MemoryRecord#verified} does
     * @param policy whether a record is admitted
     * @return a refusal; or that the entry is admitted, with the record, and without an index yet
     */
    public static Admission judge(
            byte[] entry,
            NamespaceName namespace,
            Function<byte[], MemoryRecord> verifier,
            Function<MemoryRecord, Verdict> policy) {
        Hash id = MerkleTree.leafHash(entry);
        if (entry.length > LogEntry.MAX_LENGTH) {
            return refused(id, "the entry has " + entry.length + " bytes, expected at most " + LogEntry.MAX_LENGTH);
        }
        MemoryRecord record;
        try {
            record = verifier.apply(entry);
        } catch (RefutedException e) {
            return refused(id, String.valueOf(e.getMessage()));
        }
        if (!record.predicate().namespace().equals(namespace)) {
            return refused(id, "namespace is " + record.predicate().namespace() + ", expected " + namespace);
        }
        Verdict verdict = policy.apply(record);
        return verdict.holds()
                ? new Admission(id, Outcome.ADMITTED, Optional.of(record), OptionalLong.empty(), "")
                : refused(id, verdict.reason().orElseThrow());
    }

    private static Admission refused(Hash id, String reason) {
        return new Admission(id, Outcome.REFUSED, Optional.empty(), OptionalLong.empty(), reason);
    }

    /**
     * The same, with where the record stands in the log.
     *
     * @param outcome {@link Outcome#ADMITTED} or {@link Outcome#KNOWN}
     * @param leafIndex the leaf index
     * @return the changed copy
     */
    public Admission at(Outcome outcome, long leafIndex) {
        return new Admission(id, outcome, record, OptionalLong.of(leafIndex), reason);
    }
}
