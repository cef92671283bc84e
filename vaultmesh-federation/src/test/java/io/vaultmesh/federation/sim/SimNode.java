package io.vaultmesh.federation.sim;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.ProtocolCore;
import io.vaultmesh.federation.protocol.Settings;
import io.vaultmesh.remembrancer.Admission.Outcome;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node of a world: a disk that lasts, and a process that may die. */
final class SimNode {

    final String name;
    final PeerId id;
    final SimDisk disk;
    final Set<Treason> treasons = EnumSet.noneOf(Treason.class);
    final Map<String, RecordStore> stores = new TreeMap<>(); // by namespace, on the disk
    final Map<String, Set<Hash>> acknowledged = new TreeMap<>();
    AdmissionPolicy policy = AdmissionPolicy.open();
    Map<String, RecordSet> sets = new TreeMap<>(); // of the process

    @Nullable
    ProtocolCore core; // null while the process is down

    long clockOffset;
    int slowness = 1;
    long fullUntil;
    long crashAtWrite = Long.MAX_VALUE;
    long tickAt = Long.MAX_VALUE;
    private long writes;

    SimNode(String name, SimWorldView world) {
        this.name = name;
        this.id = PeerId.of(SimRecords.key(name + " transport").publicKey());
        this.disk = new SimDisk(new SimDisk.Writes() {
            @Override
            public void before() {
                if (world.now() < fullUntil) {
                    world.count(Fault.DISK_FULL);
                    throw SimDisk.full();
                }
                die();
            }

            @Override
            public void after() {
                die();
            }
        });
    }

    /** What a node may ask of its world. */
    interface SimWorldView {
        long now();

        void count(Fault fault);
    }

    private void die() {
        if (++writes == crashAtWrite) {
            crashAtWrite = Long.MAX_VALUE;
            throw new SimCrash();
        }
    }

    /** Dies at a write to come. */
    void crashSoon(int inWrites) {
        crashAtWrite = writes + inWrites;
    }

    boolean isHonest() {
        return treasons.isEmpty();
    }

    NoteSigner logSigner(NamespaceName namespace) {
        return RememberedNotes.signer(name + ".example/" + namespace.pathName(), SimRecords.key(name + " log"));
    }

    NoteVerifier logVerifier(NamespaceName namespace) {
        return logSigner(namespace).verifier();
    }

    /** Joins a namespace. A Byzantine node's store takes everything. */
    void keep(NamespaceName namespace) {
        stores.put(
                namespace.value(),
                disk.store(RecordStore.inMemory(
                        namespace, logSigner(namespace), isHonest() ? SimRecords::verified : SimRecords::unverified)));
        acknowledged.put(namespace.value(), new HashSet<>());
    }

    void start(
            Collection<Peer> peers,
            Settings settings,
            Instant now,
            long seed,
            Consumer<FederationEvent> events,
            SimWorldView world) {
        sets = new TreeMap<>();
        stores.forEach((namespace, store) -> sets.put(namespace, RecordSet.of(store, policy)));
        core = new ProtocolCore(
                peers,
                sets.values(),
                disk,
                settings,
                () -> SimRecords.BEGIN.plusMillis(world.now() + clockOffset),
                new SplittableRandom(seed),
                events);
    }

    /** Records something of this node's own author; what is acknowledged must never be lost. */
    void record(NamespaceName namespace, int variants) {
        RecordStore store = stores.get(namespace.value());
        long seq = store.records(0, store.size()).stream()
                .filter(record -> record.predicate().author().equals(author()))
                .mapToLong(record -> record.predicate().seq() + 1)
                .max()
                .orElse(0);
        for (int variant = 0; variant < variants; variant++) {
            byte[] entry = SimRecords.entry(name, namespace, seq, variant);
            BodyRef body = SimRecords.verified(entry).predicate().body().orElseThrow();
            byte[] text = SimRecords.text(name, namespace, seq, variant).getBytes(StandardCharsets.UTF_8);
            store.bodies().receive(body, 0, text).orThrow();
            store.admit(List.of(entry), policy::admits).stream()
                    .filter(admission -> admission.outcome() == Outcome.ADMITTED)
                    .forEach(admission -> acknowledged.get(namespace.value()).add(admission.id()));
        }
    }

    String author() {
        return SimRecords.key(name).publicKey().didKey();
    }

    /** The records on the disk that the policy admits. */
    List<MemoryRecord> admitted(String namespace) {
        RecordStore store = stores.get(namespace);
        List<MemoryRecord> records = new ArrayList<>(store.records(0, store.size()));
        records.removeIf(record -> !policy.admits(record).holds());
        return records;
    }
}
