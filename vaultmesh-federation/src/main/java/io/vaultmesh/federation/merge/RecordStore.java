package io.vaultmesh.federation.merge;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.remembrancer.Admission;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the records of one namespace are kept: a log.
 *
 * <p>Implementations MUST be safe for concurrent use: others may record beside a federation. What {@link #admit} says is
 * admitted MUST be durable, and MUST be in the log's own order; a failing disk MUST be an
 * {@link java.io.UncheckedIOException}, after which nothing of the call was admitted.
 */
public interface RecordStore {

    /**
     * A namespace of a memory.
     *
     * @param namespace the namespace; closing it stays with its memory
     * @return the store
     */
    static RecordStore of(Namespace namespace) {
        return new NamespaceStore(namespace);
    }

    /**
     * A store that is gone with the process.
     *
     * @param namespace the namespace
     * @param signer signs the log's checkpoints; its name is the log's origin
     * @return the store, which is empty
     */
    static RecordStore inMemory(NamespaceName namespace, NoteSigner signer) {
        return inMemory(namespace, signer, MemoryRecord::verified);
    }

    /**
     * A store that is gone with the process and lets somebody else verify signatures: for simulations, where the same
     * record is verified by many nodes.
     *
     * @param namespace the namespace
     * @param signer signs the log's checkpoints; its name is the log's origin
     * @param verifier reads a record and verifies its signature; MUST be as strict as {@link MemoryRecord#verified}
     * @return the store, which is empty
     */
    static RecordStore inMemory(NamespaceName namespace, NoteSigner signer, Function<byte[], MemoryRecord> verifier) {
        return new InMemoryStore(namespace, signer, verifier);
    }

    /** {@return the namespace} */
    NamespaceName namespace();

    /** {@return how many records there are} */
    long size();

    /**
     * Reads records.
     *
     * @param from the leaf index of the first
     * @param to the leaf index after the last, at most {@link #size}
     * @return the records, in the order of the log
     */
    List<MemoryRecord> records(long from, long to);

    /**
     * The bytes of a record, as they are logged.
     *
     * @param id the record's id
     * @return its bytes; empty if it isn't here
     */
    Optional<byte[]> entry(Hash id);

    /**
     * Verifies entries and logs those that are admitted.
     *
     * @param entries the bytes of the entries
     * @param policy whether a record is admitted
     * @return what became of each, in the same order
     */
    List<Admission> admit(List<byte[]> entries, Function<MemoryRecord, Verdict> policy);

    /** {@return the files of the log, for peers; its checkpoint may be a moment old} */
    LogSource published();

    /** {@return the bodies that the records name} */
    BodyDepot bodies();
}
