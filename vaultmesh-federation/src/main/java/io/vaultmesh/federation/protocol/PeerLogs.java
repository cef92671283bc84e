package io.vaultmesh.federation.protocol;

import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Optional;

/**
 * Where is kept what was last seen of peers' logs, and which records were refused. Implementations MUST make what is saved
 * durable and atomic before the call returns, or else throw an {@link java.io.UncheckedIOException}.
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

    /**
     * Reads which records were refused.
     *
     * @param namespace the namespace
     * @return the bytes; empty if nothing was saved, and by default: then each is asked for once more after a restart
     */
    default Optional<byte[]> loadRefused(NamespaceName namespace) {
        return Optional.empty();
    }

    /**
     * Saves which records were refused, in place of what was saved before. Nothing is saved by default.
     *
     * @param namespace the namespace
     * @param refused the bytes, at most 3.2 MB; at most once in an exchange, if there are more
     */
    default void saveRefused(NamespaceName namespace, byte[] refused) {}
}
