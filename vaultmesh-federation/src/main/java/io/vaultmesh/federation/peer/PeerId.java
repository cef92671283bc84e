package io.vaultmesh.federation.peer;

import io.vaultmesh.core.key.Ed25519PublicKey;

/**
 * Who a peer is: the {@code did:key} of its Ed25519 transport key. Immutable and thread-safe.
 *
 * @param did the did:key, as {@code did:key:z6Mk…}
 */
public record PeerId(String did) implements Comparable<PeerId> {

    /**
     * Creates an id.
     *
     * @param did the did:key, as {@code did:key:z6Mk…}
     * @throws IllegalArgumentException if it is not the canonical did:key of a sound Ed25519 key
     */
    public PeerId {
        var unused = Ed25519PublicKey.ofDidKey(did);
    }

    /**
     * The id of a key.
     *
     * @param key the public transport key
     * @return the id
     */
    public static PeerId of(Ed25519PublicKey key) {
        return new PeerId(key.didKey());
    }

    /** {@return the transport key} */
    public Ed25519PublicKey key() {
        return Ed25519PublicKey.ofDidKey(did);
    }

    @Override
    public int compareTo(PeerId other) {
        return did.compareTo(other.did);
    }

    /** The did:key. */
    @Override
    public String toString() {
        return did;
    }
}
