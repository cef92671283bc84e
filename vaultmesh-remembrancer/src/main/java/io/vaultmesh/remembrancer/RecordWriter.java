package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Erased;
import io.vaultmesh.remembrancer.memory.Erasure;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Records the memories of one author in one namespace. Thread-safe. */
final class RecordWriter {

    private static final long LARGEST_SEQ = (1L << 53) - 1;

    private final NamespaceName namespace;
    private final MerkleLog log;
    private final BodyStore bodies;
    private final EnvelopeSigner author;
    private final InstantSource clock;
    private final Sequencer sequencer;

    /**
     * Creates a writer.
     *
     * @param namespace the namespace
     * @param log its log, which is indexed
     * @param bodies its bodies
     * @param author signs the records
     * @param clock dates them
     * @param firstSeq the author's next sequence number in the namespace
     */
    RecordWriter(
            NamespaceName namespace,
            MerkleLog log,
            BodyStore bodies,
            EnvelopeSigner author,
            InstantSource clock,
            long firstSeq) {
        this.namespace = namespace;
        this.log = log;
        this.bodies = bodies;
        this.author = author;
        this.clock = clock;
        this.sequencer = new Sequencer(firstSeq, clock, log::appendAll);
    }

    /** Leaves out the numbers up to one that the author is found to have used. */
    void skip(long usedSeq) {
        sequencer.skip(usedSeq);
    }

    /** A record before it is logged. */
    private static final class Signed {

        private final byte[] entry;
        private final MemoryRecord record;

        Signed(byte[] entry, MemoryRecord record) {
            this.entry = entry;
            this.record = record;
        }
    }

    /** Signs a memory, logs it, and proves that. */
    Receipt append(Memory<?> memory) {
        List<Subject> subjects = memory.subjects();
        requireLinks(memory);
        if (memory instanceof Erasure erasure) {
            requireBody(erasure.erased());
        }
        memory.body().ifPresent(body -> {
            // an entry that is too large must not leave a body behind
            requireFits(memory, sign(memory, subjects, LARGEST_SEQ, clock.instant()));
            bodies.put(body);
        });
        AtomicReference<Signed> last = new AtomicReference<>();
        long index = sequencer
                .append(turn -> {
                    Signed signed = requireFits(memory, sign(memory, subjects, turn.number(), turn.at()));
                    last.setPlain(signed);
                    return signed.entry;
                })
                .index();
        Signed logged = last.getPlain();
        return Receipt.of(logged.record, logged.entry, log.proveInclusion(index));
    }

    private Signed sign(Memory<?> memory, List<Subject> subjects, long seq, Instant at) {
        Predicate predicate = Predicate.of(memory, author.keyId(), at, namespace, seq);
        Statement statement = new Statement(subjects, memory.kind().predicateType(), predicate.toJson());
        byte[] entry = Envelope.sign(statement, author).bytes();
        return new Signed(entry, new MemoryRecord(MerkleTree.leafHash(entry), memory.kind(), subjects, predicate));
    }

    @CanIgnoreReturnValue
    private static Signed requireFits(Memory<?> memory, Signed signed) {
        int length = signed.entry.length;
        if (length > LogEntry.MAX_LENGTH) {
            throw new IllegalArgumentException(memory + " makes an entry of " + length + " bytes, expected at most "
                    + LogEntry.MAX_LENGTH + "; shorten the title and attributes, or put the text into the body");
        }
        return signed;
    }

    private void requireLinks(Memory<?> memory) {
        memory.links().forEach(link -> {
            if (log.indexOf(link.to()).isEmpty()) {
                throw new IllegalArgumentException(
                        memory + " links to " + link.to() + ", expected the id of a record in namespace " + namespace);
            }
        });
    }

    /** Refuses an erasure that would say nothing of the body that is missing, and fail every audit from then on. */
    private void requireBody(Erased erased) {
        MemoryRecord record = MemoryRecord.unverified(
                log.entry(log.indexOf(erased.record()).getAsLong()).bytes());
        Optional<Hash> body = record.predicate().body().map(BodyRef::digest);
        if (!body.equals(Optional.of(erased.digest()))) {
            throw new IllegalArgumentException("an erasure of body " + erased.digest() + " names record "
                    + erased.record() + ", "
                    + body.map(digest -> "whose body is " + digest).orElse("which has no body")
                    + "; expected a record and the hash of its body");
        }
    }

    /** The hash of what a memory has in common with all other calls for it. */
    Hash contentHash(Memory<?> memory) {
        Predicate predicate = Predicate.of(memory, author.keyId(), clock.instant(), namespace, 0);
        Statement content = new Statement(memory.subjects(), memory.kind().predicateType(), predicate.contentToJson());
        return Hashing.sha256(content.bytes());
    }
}
