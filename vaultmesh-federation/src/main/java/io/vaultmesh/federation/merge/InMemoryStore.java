package io.vaultmesh.federation.merge;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.remembrancer.Admission;
import io.vaultmesh.remembrancer.Admission.Outcome;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A namespace's records in memory. Thread-safe. */
final class InMemoryStore implements RecordStore {

    private final NamespaceName namespace;
    private final MerkleLog log;
    private final Function<byte[], MemoryRecord> verifier;
    private final InMemoryBodies bodies = new InMemoryBodies();
    private final List<MemoryRecord> records = new ArrayList<>(); // guarded by this, as all below
    private final Map<Hash, Long> indexes = new HashMap<>();

    InMemoryStore(NamespaceName namespace, NoteSigner signer, Function<byte[], MemoryRecord> verifier) {
        this.namespace = requireNonNull(namespace, "namespace");
        this.log = MerkleLog.inMemory(signer);
        this.verifier = requireNonNull(verifier, "verifier");
    }

    @Override
    public NamespaceName namespace() {
        return namespace;
    }

    @Override
    public synchronized long size() {
        return records.size();
    }

    @Override
    public synchronized List<MemoryRecord> records(long from, long to) {
        return List.copyOf(records.subList(Math.toIntExact(from), Math.toIntExact(to)));
    }

    @Override
    public synchronized Optional<byte[]> entry(Hash id) {
        return Optional.ofNullable(indexes.get(id))
                .map(index -> log.entry(index).bytes());
    }

    @Override
    public List<Admission> admit(List<byte[]> entries, Function<MemoryRecord, Verdict> policy) {
        List<Admission> result = new ArrayList<>();
        for (byte[] entry : entries) {
            Admission judged = Admission.judge(entry, namespace, verifier, policy);
            result.add(judged.outcome() == Outcome.ADMITTED ? log(entry, judged) : judged);
        }
        return List.copyOf(result);
    }

    private synchronized Admission log(byte[] entry, Admission judged) {
        Long known = indexes.get(judged.id());
        if (known != null) {
            return judged.at(Outcome.KNOWN, known);
        }
        long index = log.append(entry).index();
        records.add(judged.record().orElseThrow());
        indexes.put(judged.id(), index);
        return judged.at(Outcome.ADMITTED, index);
    }

    @Override
    public synchronized LogSource published() {
        log.publish();
        return log.published();
    }

    @Override
    public BodyDepot bodies() {
        return bodies;
    }
}
