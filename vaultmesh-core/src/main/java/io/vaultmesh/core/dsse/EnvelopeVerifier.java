package io.vaultmesh.core.dsse;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PublicKey;

/** Verifies the signatures of one key on envelopes. Implementations MUST be thread-safe. */
public interface EnvelopeVerifier {

    /**
     * The hash of the public key. Two verifiers with one hash count as one signer, whatever names their keys go by.
     *
     * @return SHA-256 of the encoded public key
     */
    Hash keyHash();

    /**
     * Whether a signature over the bytes that DSSE calls PAE is this key's.
     *
     * @param preAuthenticationEncoding the bytes
     * @param signature the signature
     * @return {@code true} if it is
     */
    boolean verify(byte[] preAuthenticationEncoding, byte[] signature);

    /**
     * A verifier with an Ed25519 key.
     *
     * @param key the key
     * @return the verifier
     */
    static EnvelopeVerifier ed25519(Ed25519PublicKey key) {
        return new EnvelopeVerifier() {
            @Override
            public Hash keyHash() {
                return Hashing.sha256(key.bytes());
            }

            @Override
            public boolean verify(byte[] preAuthenticationEncoding, byte[] signature) {
                return key.verify(preAuthenticationEncoding, signature);
            }
        };
    }
}
