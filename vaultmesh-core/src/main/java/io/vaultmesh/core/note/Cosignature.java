package io.vaultmesh.core.note;

import java.time.Instant;

/**
 * A witness's signature on a checkpoint, verified. Only {@link SignedNote#cosignatures} gives one out. Immutable and
 * thread-safe.
 */
public final class Cosignature {

    private final CosignatureVerifier witness;
    private final long posixSeconds;

    Cosignature(CosignatureVerifier witness, long posixSeconds) {
        this.witness = witness;
        this.posixSeconds = posixSeconds;
    }

    /**
     * Who signed.
     *
     * @return the verifier under whose key the signature is valid
     */
    public CosignatureVerifier witness() {
        return witness;
    }

    /**
     * When the witness signed, by its own clock, as it is written in the signature.
     *
     * @return seconds since 1970, at least 0
     */
    public long posixSeconds() {
        return posixSeconds;
    }

    /**
     * When the witness signed, by its own clock.
     *
     * @return the time, in whole seconds; {@link Instant#MAX} for a time that is later
     */
    public Instant time() {
        return posixSeconds > Instant.MAX.getEpochSecond() ? Instant.MAX : Instant.ofEpochSecond(posixSeconds);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cosignature that && posixSeconds == that.posixSeconds && witness.equals(that.witness);
    }

    @Override
    public int hashCode() {
        return 31 * witness.hashCode() + Long.hashCode(posixSeconds);
    }

    /** The witness's name and the time. */
    @Override
    public String toString() {
        return witness.name() + " at " + time();
    }
}
