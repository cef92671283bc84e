package io.vaultmesh.federation.protocol;

import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Optional;

/**
 * Where is kept what was last seen of peers' logs. Implementations MUST make {@link #save} durable and atomic before it
 * returns, or else throw an {@link java.io.UncheckedIOException}.
 */
public interface PeerLogs {

    /**
     * Reads what was saved.
     *
     * @param peer the peer
     * @param namespace the namespace
     * @return the bytes; empty if nothing was
     */
    Optional<byte[]> load(PeerId peer, NamespaceName namespace);

    /**
     * Saves what was seen, in place of what was saved before.
     *
     * @param peer the peer
     * @param namespace the namespace
     * @param state the bytes
     */
    void save(PeerId peer, NamespaceName namespace, byte[] state);
}
