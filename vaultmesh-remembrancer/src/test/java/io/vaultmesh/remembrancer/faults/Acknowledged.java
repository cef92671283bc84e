package io.vaultmesh.remembrancer.faults;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** All that one memory acknowledged to anybody, which it must hold for ever. Not thread-safe. */
final class Acknowledged {

    private static final int SAMPLE = 20;

    private final Map<Hash, Recording> calls = new LinkedHashMap<>();
    private final Map<Recording, Hash> keyed = new HashMap<>();
    private final List<Receipt> fresh = new ArrayList<>();
    private final Random random;

    Acknowledged(Random random) {
        this.random = random;
    }

    int size() {
        return calls.size();
    }

    /** Takes what a call was answered with. */
    void add(Recording call, Receipt receipt) {
        Recording other = calls.putIfAbsent(receipt.id(), call);
        if (other != null && !(other.equals(call) && call.keyed())) {
            throw new AssertionError(call + " and " + other + " were answered with the same record " + receipt.id());
        }
        if (!receipt.record().title().equals(call.memory().title())) {
            throw new AssertionError(call + " was answered with " + receipt.record());
        }
        Hash first = call.keyed() ? keyed.putIfAbsent(call, receipt.id()) : null;
        if (first != null && !first.equals(receipt.id())) {
            throw new AssertionError(call + " was recorded twice, as " + first + " and " + receipt.id());
        }
        fresh.add(receipt);
    }

    /** Checks that all that is new is there, and some of the rest. */
    void check(Remembrancer memory) {
        for (Receipt receipt : fresh) {
            Recording call = calls.get(receipt.id());
            memory.namespace(call.namespace()).verify(receipt).orThrow();
            requireThere(memory, receipt.id());
        }
        fresh.clear();
        List<Hash> all = List.copyOf(calls.keySet());
        for (int i = 0; i < SAMPLE && !all.isEmpty(); i++) {
            requireThere(memory, all.get(random.nextInt(all.size())));
        }
        List<Recording> keys = List.copyOf(keyed.keySet());
        for (int i = 0; i < SAMPLE && !keys.isEmpty(); i++) {
            Recording call = keys.get(random.nextInt(keys.size()));
            add(call, memory.namespace(call.namespace()).record(call.memory()));
        }
    }

    /** Checks everything. */
    void checkAll(Remembrancer memory) {
        check(memory);
        calls.keySet().forEach(id -> requireThere(memory, id));
        for (String name : Recording.NAMESPACES) {
            Set<Hash> keys = new HashSet<>();
            memory.namespace(name)
                    .timeline()
                    .flatMap(record -> record.predicate().key().stream())
                    .filter(key -> !keys.add(key))
                    .forEach(key -> {
                        throw new AssertionError("two records of " + name + " have the key " + key);
                    });
        }
        memory.verifyAudit().orThrow();
    }

    private void requireThere(Remembrancer memory, Hash id) {
        Recording call = calls.get(id);
        Namespace namespace = memory.namespace(call.namespace());
        Receipt receipt = namespace.receipt(id).orElseThrow(() -> new AssertionError(call + " is lost, record " + id));
        namespace.verify(receipt).orThrow();
        MemoryRecord record = receipt.record();
        if (namespace.body(record).isPresent() != call.hasBody()) {
            throw new AssertionError(call + " has another body: " + record);
        }
    }
}
