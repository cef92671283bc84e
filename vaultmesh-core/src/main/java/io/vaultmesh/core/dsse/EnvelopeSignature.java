package io.vaultmesh.core.dsse;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * One signature of an envelope. It may be anybody's; only {@link Envelope#verify} says whether it is valid. Immutable
 * and thread-safe.
 */
public final class EnvelopeSignature {

    private final String keyId;
    private final byte[] signature;

    EnvelopeSignature(String keyId, byte[] signature) {
        this.keyId = requireNonNull(keyId, "keyId");
        this.signature = signature.clone();
    }

    /**
     * What the envelope says about the key: a hint, which nothing signs.
     *
     * @return the name; empty if the envelope gives none
     */
    public String keyId() {
        return keyId;
    }

    /**
     * The signature.
     *
     * @return a copy of the bytes
     */
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvelopeSignature that
                && keyId.equals(that.keyId)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * keyId.hashCode() + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "signature of " + keyId;
    }
}
