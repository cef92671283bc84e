package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.hash.Hash;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The numbers and idempotency keys that one author used, and in which entries. Not thread-safe. */
final class AuthorLedger {

    /** Numbers that follow each other, from {@code first} on, in the order of {@link #entries}. */
    private static final class Run {
        final long first;
        final int position;
        int length = 1;

        Run(long first, int position) {
            this.first = first;
            this.position = position;
        }
    }

    private final String author;
    private final LongList entries = new LongList();
    private final TreeMap<Long, Run> runs = new TreeMap<>(); // one, if no number is left out
    private final HashIndex keys;
    private final LongList keyEntries = new LongList();
    private Run last = new Run(-1, 0);

    AuthorLedger(String author, long secret) {
        this.author = author;
        this.keys = new HashIndex(secret);
    }

    String author() {
        return author;
    }

    /** The number that the next record should have. */
    long next() {
        return last.first + last.length;
    }

    /** Whether the numbers from 0 on are all used, in whatever order. */
    boolean isComplete() {
        long expected = 0;
        for (Run run : runs.values()) {
            if (run.first != expected) {
                return false;
            }
            expected += run.length;
        }
        return true;
    }

    /** The entry that has a number, if one has it already; else this one has it now. */
    OptionalLong number(long seq, long entry) {
        Map.Entry<Long, Run> below = runs.floorEntry(seq);
        if (below != null && seq - below.getKey() < below.getValue().length) {
            return OptionalLong.of(entries.get(below.getValue().position + (int) (seq - below.getKey())));
        }
        if (seq == next() && !runs.isEmpty()) {
            last.length++;
        } else {
            last = new Run(seq, entries.size());
            runs.put(seq, last);
        }
        entries.add(entry);
        return OptionalLong.empty();
    }

    /** The entry that has an idempotency key, if one has it already; else this one has it now. */
    OptionalLong key(Hash key, long entry) {
        int position = keys.find(key);
        if (position >= 0) {
            return OptionalLong.of(keyEntries.get(position));
        }
        keys.add(key);
        keyEntries.add(entry);
        return OptionalLong.empty();
    }
}
