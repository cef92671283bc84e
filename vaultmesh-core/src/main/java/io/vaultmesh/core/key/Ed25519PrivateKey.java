package io.vaultmesh.core.key;

import java.security.SecureRandom;

/**
 * An Ed25519 private key (RFC 8032): a seed of 32 bytes. Signatures are deterministic.
 *
 * <p>With Bouncy Castle ({@code bcprov}) on the class path, or its module in the module graph, signing is more than ten
 * times faster than with the JDK alone. It is found by itself, and is never registered as a provider; the signatures are
 * the same.
 *
 * <p>Never prints its secret; {@link #exposeSeed()} is the one way to it. The seed stays in memory until the object is
 * collected: a host whose memory is read has lost the key. Immutable and thread-safe.
 */
public final class Ed25519PrivateKey {

    /** The length of a seed in bytes. */
    public static final int SEED_LENGTH = 32;

    private final byte[] seed;
    private final Ed25519Arithmetic.Signer signer;
    private final Ed25519PublicKey publicKey;

    /** The seed is kept, not copied. */
    Ed25519PrivateKey(byte[] seed, Ed25519Arithmetic arithmetic) {
        byte[] derived = arithmetic.publicKey(seed);
        this.seed = seed;
        this.signer = arithmetic.signer(seed, derived);
        this.publicKey = Ed25519PublicKey.derived(derived, arithmetic);
    }

    /**
     * A key from its seed.
     *
     * @param seed 32 bytes that nobody else knows; they are copied
     * @return the key
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static Ed25519PrivateKey ofSeed(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, these are " + seed.length);
        }
        return new Ed25519PrivateKey(seed.clone(), FastestArithmetic.CHOSEN);
    }

    /**
     * A new key.
     *
     * @param random where the seed comes from
     * @return the key
     */
    public static Ed25519PrivateKey generate(SecureRandom random) {
        byte[] seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        return new Ed25519PrivateKey(seed, FastestArithmetic.CHOSEN);
    }

    /**
     * Signs a message.
     *
     * @param message the message, whole
     * @return the signature, 64 bytes
     */
    public byte[] sign(byte[] message) {
        return signer.sign(message);
    }

    /**
     * The key that verifies what this one signs.
     *
     * @return the public key
     */
    public Ed25519PublicKey publicKey() {
        return publicKey;
    }

    /**
     * The secret itself, for storing it.
     *
     * @return a copy of the seed, 32 bytes; the caller should overwrite it after use
     */
    public byte[] exposeSeed() {
        return seed.clone();
    }

    @Override
    public String toString() {
        return "private key of " + publicKey;
    }
}
