package io.vaultmesh.remembrancer;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Sees to it that each idempotency key is recorded once, whatever the number of threads that use it at the same time: one
 * of them records, the others wait and get what it recorded. Thread-safe.
 */
final class KeyBook {

    private final Function<Hash, OptionalLong> indexed;
    private final Map<Hash, CompletableFuture<Void>> claims = new ConcurrentHashMap<>();
    private final Map<Hash, Long> fresh = new ConcurrentHashMap<>(); // recorded, and perhaps not indexed yet

    /**
     * What came of a call.
     *
     * @param receipt the receipt of the record that has the key
     * @param isNew whether this call recorded it
     */
    record Recorded(Receipt receipt, boolean isNew) {}

    /**
     * Creates a book.
     *
     * @param indexed the leaf index of the first record that has a key, if the namespace's index has one
     */
    KeyBook(Function<Hash, OptionalLong> indexed) {
        this.indexed = indexed;
    }

    /**
     * Records under a key, unless that was done before.
     *
     * @param key the hash of the key
     * @param first gives the receipt if the key was used before, by the leaf index of its record
     * @param record records
     */
    Recorded once(Hash key, LongFunction<Receipt> first, Supplier<Receipt> record) {
        CompletableFuture<Void> claim = claim(key);
        try {
            OptionalLong known = find(key);
            if (known.isPresent()) {
                return new Recorded(first.apply(known.getAsLong()), false);
            }
            Receipt receipt = record.get();
            fresh.put(key, receipt.index());
            return new Recorded(receipt, true);
        } finally {
            claims.remove(key);
            claim.complete(null);
        }
    }

    private CompletableFuture<Void> claim(Hash key) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        for (CompletableFuture<Void> other = claims.putIfAbsent(key, mine);
                other != null;
                other = claims.putIfAbsent(key, mine)) {
            other.join();
        }
        return mine;
    }

    private OptionalLong find(Hash key) {
        Long index = fresh.get(key); // before the index is asked: it is forgotten only once the index has it
        return index == null ? indexed.apply(key) : OptionalLong.of(index);
    }

    /** Forgets the keys that the index has. */
    void forgetBefore(long size) {
        fresh.values().removeIf(index -> index < size);
    }
}
