package io.vaultmesh.federation.sim;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.federation.merge.BodyDepot;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.PeerLogs;
import io.vaultmesh.remembrancer.Admission;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What of a node outlasts a crash. Before and after each write the node may die, or its disk be full. */
final class SimDisk implements PeerLogs {

    /** Asked at each write; throws to fail. */
    interface Writes {
        void before();

        void after();
    }

    private final Writes writes;
    private final Map<String, byte[]> seen = new HashMap<>();

    SimDisk(Writes writes) {
        this.writes = writes;
    }

    static UncheckedIOException full() {
        return new UncheckedIOException("no space left", new IOException("No space left on device"));
    }

    @Override
    public Optional<byte[]> load(PeerId peer, NamespaceName namespace) {
        return Optional.ofNullable(seen.get(peer + " " + namespace)).map(byte[]::clone);
    }

    @Override
    public void save(PeerId peer, NamespaceName namespace, byte[] state) {
        writes.before();
        seen.put(peer + " " + namespace, state.clone());
        writes.after();
    }

    @Override
    public Optional<byte[]> loadRefused(NamespaceName namespace) {
        return Optional.ofNullable(seen.get("refused " + namespace)).map(byte[]::clone);
    }

    @Override
    public void saveRefused(NamespaceName namespace, byte[] refused) {
        writes.before();
        seen.put("refused " + namespace, refused.clone());
        writes.after();
    }

    /** A store of records on this disk. */
    RecordStore store(RecordStore below) {
        return new RecordStore() {
            @Override
            public NamespaceName namespace() {
                return below.namespace();
            }

            @Override
            public long size() {
                return below.size();
            }

            @Override
            public List<MemoryRecord> records(long from, long to) {
                return below.records(from, to);
            }

            @Override
            public Optional<byte[]> entry(Hash id) {
                return below.entry(id);
            }

            @Override
            public List<Admission> admit(List<byte[]> entries, Function<MemoryRecord, Verdict> policy) {
                writes.before();
                List<Admission> admissions = below.admit(entries, policy);
                writes.after();
                return admissions;
            }

            @Override
            public LogSource published() {
                return below.published();
            }

            @Override
            public BodyDepot bodies() {
                return depot(below.bodies());
            }
        };
    }

    private BodyDepot depot(BodyDepot below) {
        return new BodyDepot() {
            @Override
            public boolean has(BodyRef body) {
                return below.has(body);
            }

            @Override
            public Optional<byte[]> read(Hash digest, long offset, int length) {
                return below.read(digest, offset, length);
            }

            @Override
            public long received(BodyRef body) {
                return below.received(body);
            }

            @Override
            public Verdict receive(BodyRef body, long offset, byte[] part) {
                writes.before();
                Verdict verdict = below.receive(body, offset, part);
                writes.after();
                return verdict;
            }

            @Override
            public void drop(BodyRef body) {
                writes.before();
                below.drop(body);
                writes.after();
            }
        };
    }
}
