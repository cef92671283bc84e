package io.vaultmesh.federation.merge;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.remembrancer.Admission;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A namespace of a memory as a store of records. Thread-safe. */
final class NamespaceStore implements RecordStore {

    private final Namespace memory;
    private final BodyDepot bodies;

    NamespaceStore(Namespace memory) {
        this.memory = requireNonNull(memory, "namespace");
        this.bodies = new MemoryBodies(memory.bodies());
    }

    @Override
    public NamespaceName namespace() {
        return memory.name();
    }

    @Override
    public long size() {
        return memory.size();
    }

    @Override
    public List<MemoryRecord> records(long from, long to) {
        return memory.entries(from, to)
                .map(entry -> MemoryRecord.unverified(entry.bytes())) // which was verified when it was logged
                .toList();
    }

    @Override
    public Optional<byte[]> entry(Hash id) {
        OptionalLong index = memory.indexOf(id);
        return index.isEmpty()
                ? Optional.empty()
                : memory.entries(index.getAsLong(), index.getAsLong() + 1)
                        .findFirst()
                        .map(entry -> entry.bytes());
    }

    @Override
    public List<Admission> admit(List<byte[]> entries, Function<MemoryRecord, Verdict> policy) {
        return memory.admit(entries, policy);
    }

    @Override
    public LogSource published() {
        return memory.published();
    }

    @Override
    public BodyDepot bodies() {
        return bodies;
    }
}
