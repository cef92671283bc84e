package io.vaultmesh.federation.sim;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.merkle.CompactRange;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold at honest nodes after every step. */
final class Invariants {

    private final Map<String, Set<Hash>> everHeld = new HashMap<>(); // by node and namespace
    private final Map<String, Long> checkedSize = new HashMap<>();
    private final Map<String, Hash> expectedRoots = new HashMap<>(); // by node, namespace and size

    /** Checks one node, as far as it has changed. */
    void check(SimNode node) {
        node.sets.forEach((namespace, set) -> {
            String place = node.name + " " + namespace;
            RecordStore store = node.stores.get(namespace);
            Set<Hash> held = everHeld.computeIfAbsent(place, any -> new HashSet<>());
            long checked = checkedSize.getOrDefault(place, 0L);
            require(store.size() >= checked, place + ": the log has shrunk from " + checked + " to " + store.size());
            if (store.size() > checked) {
                for (MemoryRecord record : store.records(checked, store.size())) {
                    requireVerified(place, store, record, namespace);
                    if (node.policy.admits(record).holds()) {
                        require(held.add(record.id()), place + ": record " + record.id() + " was logged twice");
                    }
                }
                checkedSize.put(place, store.size());
            }
            if (node.core != null) {
                checkSet(place, set, held);
            }
        });
    }

    private static void requireVerified(String place, RecordStore store, MemoryRecord record, String namespace) {
        byte[] entry = store.entry(record.id()).orElseThrow();
        MemoryRecord verified;
        try {
            verified = SimRecords.verified(entry);
        } catch (RuntimeException e) {
            throw new AssertionError(
                    place + ": record " + record.id() + " is stored and not verified: " + e.getMessage(), e);
        }
        require(verified.id().equals(record.id()), place + ": record " + record.id() + " has other bytes");
        require(
                verified.predicate().namespace().value().equals(namespace),
                place + ": record " + record.id() + " is of namespace "
                        + verified.predicate().namespace());
    }

    private void checkSet(String place, RecordSet set, Set<Hash> held) {
        require(set.size() == held.size(), place + ": the set has " + set.size() + " records, expected " + held.size());
        // what is held only grows, so that its size tells whether it is what it was
        Hash expected = expectedRoots.computeIfAbsent(place + " " + held.size(), any -> Oracle.root(held));
        require(
                set.root().equals(expected),
                place + ": the set root is " + set.root() + ", expected " + expected + " of " + held.size() + " ids");
    }

    /** At rest: what was acknowledged is there. */
    void checkAcknowledged(SimNode node) {
        node.acknowledged.forEach((namespace, ids) -> ids.forEach(id -> require(
                node.stores.get(namespace).entry(id).isPresent(),
                node.name + " " + namespace + ": the acknowledged record " + id + " is gone")));
    }

    /** At rest: each number that an author gave to several records is known as a conflict, and no other. */
    void checkConflicts(SimNode node, String namespace) {
        Map<String, Set<Hash>> byNumber = new HashMap<>();
        for (MemoryRecord record : node.admitted(namespace)) {
            String number =
                    record.predicate().author() + " " + record.predicate().seq();
            byNumber.computeIfAbsent(number, any -> new HashSet<>()).add(record.id());
        }
        long expected = byNumber.values().stream().filter(ids -> ids.size() > 1).count();
        int found = node.sets.get(namespace).conflicts().size();
        require(found == expected, node.name + " " + namespace + ": " + found + " conflicts, expected " + expected);
    }

    /** At rest: what a node believes to have seen of a peer's log is what the log has. */
    void checkSeenLog(SimNode node, SimNode peer, NamespaceName namespace) {
        Optional<byte[]> saved = node.disk.load(peer.id, namespace);
        if (saved.isEmpty()) {
            return;
        }
        JsonObject seen = StrictJson.parseObject(saved.get(), "what was seen");
        if (seen.get("doubt").isPresent()) {
            return;
        }
        Checkpoint checkpoint =
                Checkpoint.parse(SignedNote.parse(seen.string("checkpoint")).text());
        CompactRange real = new CompactRange();
        peer.stores.get(namespace.value()).records(0, checkpoint.size()).forEach(record -> real.append(record.id()));
        require(
                real.root().equals(checkpoint.root()),
                node.name + " believes that the log of " + peer.name + " has root " + checkpoint.root() + " at size "
                        + checkpoint.size() + ", it has " + real.root());
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
