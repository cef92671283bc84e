package io.vaultmesh.remembrancer.receipt;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.util.Arrays;

/**
 * The proof that a record was signed by its author and is in a log: the envelope, and the log's proof with a signed
 * checkpoint. To verify it takes nothing but the receipt's own bytes and the log's public key.
 *
 * <p>As a file, {@code .receipt.json}: canonical JSON of {@code envelope}, {@code format} (1) and {@code proof} (a C2SP
 * tlog-proof). Immutable and thread-safe.
 */
public final class Receipt {

    private static final long FORMAT = 1;

    // an entry in Base64, 63 hashes and a note of 100 signatures have room in a quarter of it
    private static final int MAX_BYTES = 1024 * 1024;

    private final byte[] envelope;
    private final LogProof proof;
    private final MemoryRecord record;

    private Receipt(MemoryRecord record, byte[] envelope, LogProof proof) {
        this.record = requireNonNull(record, "record");
        this.envelope = envelope;
        this.proof = requireNonNull(proof, "proof");
    }

    /**
     * The receipt of a logged record.
     *
     * @param envelope the bytes of the log's entry
     * @param proof the proof that it is logged
     * @return the receipt
     * @throws IllegalArgumentException if the bytes are not an envelope around a memory
     */
    public static Receipt of(byte[] envelope, LogProof proof) {
        byte[] copy = envelope.clone();
        return new Receipt(MemoryRecord.unverified(copy), copy, proof);
    }

    /**
     * The receipt of a record that was read from its envelope before, or made with it.
     *
     * @param record the record
     * @param envelope the bytes of the log's entry
     * @param proof the proof that it is logged
     * @return the receipt
     * @throws IllegalArgumentException if these are not the bytes that the record's id is the leaf hash of
     */
    public static Receipt of(MemoryRecord record, byte[] envelope, LogProof proof) {
        byte[] copy = envelope.clone();
        if (!MerkleTree.leafHash(copy).equals(record.id())) {
            throw new IllegalArgumentException("the envelope has the leaf hash " + MerkleTree.leafHash(copy)
                    + ", expected the id of the record, " + record.id());
        }
        return new Receipt(record, copy, proof);
    }

    /**
     * Reads a receipt.
     *
     * @param json the content of a {@code .receipt.json} file
     * @return the receipt, not verified
     * @throws IllegalArgumentException if it is not one; the message says why
     */
    public static Receipt parse(byte[] json) {
        try {
            return read(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a receipt: " + e.getMessage(), e);
        }
    }

    private static Receipt read(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException("it has " + json.length + " bytes, expected at most " + MAX_BYTES);
        }
        JsonObject object = StrictJson.parseObject(json, "receipt").only("format", "envelope", "proof");
        if (object.integer("format") != FORMAT) {
            throw new IllegalArgumentException("format is " + object.integer("format") + ", expected " + FORMAT);
        }
        byte[] envelope = CanonicalJson.encode(object.object("envelope"));
        Receipt receipt = of(envelope, LogProof.parse(object.string("proof")));
        if (!Arrays.equals(receipt.bytes(), json)) {
            throw new IllegalArgumentException("it is not canonical JSON (RFC 8785)");
        }
        return receipt;
    }

    /**
     * Whether the record was signed by the author that it names, and is in the log whose key is given.
     *
     * @param logKey the log's public key
     * @return whether both hold
     */
    public Verdict verify(NoteVerifier logKey) {
        try {
            MemoryRecord verified = MemoryRecord.verified(envelope);
            return proof.verify(verified.id(), logKey);
        } catch (RefutedException e) {
            return Verdict.refuted(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The record's id.
     *
     * @return its leaf hash
     */
    public Hash id() {
        return record.id();
    }

    /**
     * The record's index in the log.
     *
     * @return the leaf index, from 0
     */
    public long index() {
        return proof.index();
    }

    /**
     * What was recorded. It is as true as {@link #verify} says.
     *
     * @return the record
     */
    public MemoryRecord record() {
        return record;
    }

    /**
     * The envelope, as it is logged.
     *
     * @return a copy of the bytes
     */
    public byte[] envelope() {
        return envelope.clone();
    }

    /**
     * The proof that the envelope is logged.
     *
     * @return the proof
     */
    public LogProof proof() {
        return proof;
    }

    /**
     * The receipt as a file.
     *
     * @return canonical JSON, which {@link #parse} reads
     */
    public byte[] bytes() {
        return CanonicalJson.encode(JsonObject.builder()
                .put("format", FORMAT)
                .put("envelope", StrictJson.parse(envelope))
                .put("proof", proof.toText())
                .build());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Receipt receipt
                && proof.equals(receipt.proof)
                && Arrays.equals(envelope, receipt.envelope);
    }

    @Override
    public int hashCode() {
        return record.id().hashCode();
    }

    @Override
    public String toString() {
        return "receipt of " + record.kind().label() + " " + record.id() + " at index " + index();
    }
}
