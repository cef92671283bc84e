package io.vaultmesh.core.dsse;

import io.vaultmesh.core.key.Ed25519PrivateKey;

/** Signs envelopes. Implementations MUST be thread-safe. */
public interface EnvelopeSigner {

    /**
     * What the signature says about its key; DSSE doesn't sign it. For a logged envelope it is the author's did:key.
     *
     * @return the key's name
     */
    String keyId();

    /**
     * Signs the bytes that DSSE calls PAE.
     *
     * @param preAuthenticationEncoding the bytes
     * @return the signature
     */
    byte[] sign(byte[] preAuthenticationEncoding);

    /**
     * A signer with an Ed25519 key, whose name is its did:key.
     *
     * @param key the key
     * @return the signer
     */
    static EnvelopeSigner ed25519(Ed25519PrivateKey key) {
        String didKey = key.publicKey().didKey();
        return new EnvelopeSigner() {
            @Override
            public String keyId() {
                return didKey;
            }

            @Override
            public byte[] sign(byte[] preAuthenticationEncoding) {
                return key.sign(preAuthenticationEncoding);
            }
        };
    }
}
