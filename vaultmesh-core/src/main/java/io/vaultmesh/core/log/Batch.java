package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.CompactRange;
import io.vaultmesh.core.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.List;

/** Entries that are appended together, and the tree after them. */
record Batch(List<byte[]> entries, List<Hash> leafHashes, CompactRange after) {

    /** Copies what a caller appends to the tree {@code before}, which stays as it is. */
    static Batch copyOf(List<byte[]> entries, CompactRange before) {
        List<byte[]> copies = new ArrayList<>(entries.size());
        for (byte[] entry : entries) {
            if (entry.length > LogEntry.MAX_LENGTH) {
                throw new IllegalArgumentException("the entry has " + entry.length + " bytes, expected at most "
                        + LogEntry.MAX_LENGTH + "; log the hash of a larger one");
            }
            copies.add(entry.clone());
        }
        return of(copies, before);
    }

    static Batch of(List<byte[]> entries, CompactRange before) {
        List<Hash> leafHashes = entries.stream().map(MerkleTree::leafHash).toList();
        CompactRange after = before.copy();
        leafHashes.forEach(after::append);
        return new Batch(entries, leafHashes, after);
    }

    /** What the log answers if the first entry has this index. */
    List<Appended> appendedFrom(long first) {
        List<Appended> appended = new ArrayList<>(leafHashes.size());
        for (Hash leafHash : leafHashes) {
            appended.add(new Appended(first + appended.size(), leafHash));
        }
        return appended;
    }
}
