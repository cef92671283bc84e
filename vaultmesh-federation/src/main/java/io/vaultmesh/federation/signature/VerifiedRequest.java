package io.vaultmesh.federation.signature;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.peer.PeerId;

/**
 * A request whose signature was verified, and whose body was not yet: nothing of the body may be used before {@link
 * #requireBody} has returned. Immutable and thread-safe.
 */
public final class VerifiedRequest {

    private final PeerId from;
    private final String signature;
    private final Hash digest;

    VerifiedRequest(PeerId from, String signature, Hash digest) {
        this.from = from;
        this.signature = signature;
        this.digest = digest;
    }

    /** {@return who signed it, which is a peer of the allowlist} */
    public PeerId from() {
        return from;
    }

    /** {@return the value of its field Signature, for {@link MessageSigner#response}} */
    public String signature() {
        return signature;
    }

    /**
     * Returns if the body is the one that was signed.
     *
     * @param body the whole body, empty if there is none
     * @throws SignatureRefused if it is another, with {@link SignatureRefused.Reason#DIGEST}
     */
    public void requireBody(byte[] body) {
        ContentDigest.require(digest, body);
    }

    /** One line for people. */
    @Override
    public String toString() {
        return "request signed by " + from;
    }
}
