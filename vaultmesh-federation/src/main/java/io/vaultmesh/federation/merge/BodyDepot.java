package io.vaultmesh.federation.merge;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.util.Optional;

/**
 * Where the bodies of one namespace are, and come in piece by piece.
 *
 * <p>Implementations MUST keep what was received over a restart or forget it as a whole, MUST verify a body by its hash
 * before it counts as being there, and MUST NOT keep more of one than its size. A failing disk is an
 * {@link java.io.UncheckedIOException}.
 */
public interface BodyDepot {

    /**
     * Whether a body is here, whole.
     *
     * @param body what a record says of it
     * @return whether it is
     */
    boolean has(BodyRef body);

    /**
     * Reads a part of a body that is here.
     *
     * @param digest the body's hash
     * @param offset where the part begins
     * @param length how long it is at most
     * @return the part, shorter at the body's end; empty if the body isn't here or ends before the offset
     */
    Optional<byte[]> read(Hash digest, long offset, int length);

    /**
     * How much of a body came in so far.
     *
     * @param body what a record says of it
     * @return where the next part is to begin
     */
    long received(BodyRef body);

    /**
     * Takes the next part of a body. With the last one the whole is verified; if its hash is wrong, all of it is dropped.
     *
     * @param body what a record says of it
     * @param offset where the part begins, which is what {@link #received} gives
     * @param part the part
     * @return a refutation if the body is complete and isn't the one that was recorded, or the part doesn't fit
     */
    Verdict receive(BodyRef body, long offset, byte[] part);

    /**
     * Drops what came in of a body that isn't whole.
     *
     * @param body what a record says of it
     */
    void drop(BodyRef body);
}
