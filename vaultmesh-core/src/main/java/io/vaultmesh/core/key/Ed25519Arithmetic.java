package io.vaultmesh.core.key;

/**
 * Who does the arithmetic of Ed25519. That decides how long a signature takes, and nothing else: every implementation
 * makes the same signatures and accepts the same ones. Implementations are thread-safe.
 */
interface Ed25519Arithmetic {

    /** Signs messages with one key. */
    interface Signer {
        byte[] sign(byte[] message);
    }

    /** Verifies signatures under one key. */
    interface Verifier {
        /**
         * Whether S·B = R + k·A, without the cofactor.
         *
         * @param signature 64 bytes that {@link Ed25519PublicKey#isCanonical} let pass
         */
        boolean verify(byte[] message, byte[] signature);
    }

    /** The encoded public key of a seed. */
    byte[] publicKey(byte[] seed);

    /**
     * A signer.
     *
     * @param publicKey the seed's own public key: a signature made with another one gives the private key away
     */
    Signer signer(byte[] seed, byte[] publicKey);

    /**
     * A verifier.
     *
     * @param publicKey a sound key
     */
    Verifier verifier(byte[] publicKey);

    /** Whether 32 bytes are a key in which {@link EdwardsPoint#flaw} finds nothing. */
    boolean isSound(byte[] publicKey);
}
