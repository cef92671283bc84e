package io.vaultmesh.scheduler.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The last checkpoint that was anchored in a lane. Immutable and thread-safe.
 *
 * @param size the size of its tree; 0 if the memory has no anchor of this lane
 * @param at when it was due, by which it is known which tick it served
 */
public record Anchored(long size, Instant at) {

    /**
     * Creates it.
     *
     * @param size the size of its tree
     * @param at when it was due
     * @throws IllegalArgumentException if the size is negative
     */
    public Anchored {
        requireNonNull(at, "at");
        if (size < 0) {
            throw new IllegalArgumentException(
                    "the size of an anchored tree is " + size + ", expected no negative one");
        }
    }
}
