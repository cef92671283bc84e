package io.vaultmesh.federation.transport;

import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who answers what comes in. Implementations MUST be thread-safe. */
public interface Receiver {

    /**
     * Looks up a peer in the allowlist.
     *
     * @param id who it says it is
     * @return the peer; empty for strangers
     */
    Optional<Peer> peer(PeerId id);

    /**
     * Answers. Doesn't block.
     *
     * @param from who asks, which the transport made sure of
     * @param request what for
     * @return the answer
     */
    CompletableFuture<Response> receive(PeerId from, Request request);

    /**
     * Told of what was refused before it came here.
     *
     * @param refused what, and why
     */
    void refused(Refused refused);

    /**
     * A request that was refused by the transport.
     *
     * @param from who sent it; empty if that isn't sure
     * @param reason why, as one of a few words
     * @param text why, for people; it may be what a stranger sent
     */
    record Refused(Optional<PeerId> from, String reason, String text) {}
}
