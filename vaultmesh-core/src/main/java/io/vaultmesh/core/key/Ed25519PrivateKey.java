package io.vaultmesh.core.key;

import java.security.PrivateKey;
import java.security.SecureRandom;

/**
 * An Ed25519 private key (RFC 8032): a seed of 32 bytes. Signatures are deterministic.
 *
 * <p>Never prints its secret; {@link #exposeSeed()} is the one way to it. The seed stays in memory until the object is
 * collected: a host whose memory is read has lost the key. Immutable and thread-safe.
 */
public final class Ed25519PrivateKey {

    /** The length of a seed in bytes. */
    public static final int SEED_LENGTH = 32;

    private final byte[] seed;
    private final PrivateKey jdkKey;
    private final Ed25519PublicKey publicKey;

    private Ed25519PrivateKey(byte[] seed) {
        this.seed = seed;
        this.jdkKey = JdkEd25519.privateKey(seed);
        this.publicKey = Ed25519PublicKey.of(JdkEd25519.derivePublicKey(seed));
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
        return new Ed25519PrivateKey(seed.clone());
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
        return new Ed25519PrivateKey(seed);
    }

    /**
     * Signs a message.
     *
     * @param message the message, whole
     * @return the signature, 64 bytes
     */
    public byte[] sign(byte[] message) {
        return JdkEd25519.sign(jdkKey, message);
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
