package io.vaultmesh.federation.merge;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.List;

/**
 * Evidence that an author gave one number to several records: all of them are signed, kept, and in the set. The same set
 * gives the same conflicts everywhere, whatever the order in which the records came. Immutable and thread-safe.
 *
 * @param namespace where
 * @param author the did:key of the author
 * @param seq the number
 * @param ids the records' ids, ascending; at least two
 */
public record Conflict(NamespaceName namespace, String author, long seq, List<Hash> ids) {

    /**
     * Creates a conflict.
     *
     * @param namespace where
     * @param author the did:key of the author
     * @param seq the number
     * @param ids the records' ids, in any order
     * @throws IllegalArgumentException if there are fewer than two different ones
     */
    public Conflict {
        requireNonNull(namespace, "namespace");
        requireNonNull(author, "author");
        ids = ids.stream().distinct().sorted().toList();
        if (ids.size() < 2) {
            throw new IllegalArgumentException("a conflict is of " + ids + ", expected at least two ids");
        }
    }

    /** One line for people. */
    @Override
    public String toString() {
        return author + " gave number " + seq + " in namespace " + namespace + " to " + ids;
    }
}
