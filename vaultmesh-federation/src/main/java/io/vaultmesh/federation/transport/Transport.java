package io.vaultmesh.federation.transport;

import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How a node reaches its peers and is reached. {@link HttpTransport} goes over the network, {@link InMemoryNetwork} within
 * the process.
 *
 * <p>Implementations MUST be thread-safe; MUST hand a request to the receiver only if they made sure who sent it; MUST
 * complete an answer only if they made sure that it is this peer's answer to this request; MUST bound what they read and how
 * long they wait; MUST NOT follow a peer to an address that isn't configured; and MUST end their threads and connections
 * when they are closed.
 */
public interface Transport extends AutoCloseable {

    /**
     * Begins to receive.
     *
     * @param receiver who answers
     * @throws java.io.UncheckedIOException if that is not possible, as when the port is taken
     * @throws IllegalStateException if it has begun before, or is closed
     */
    void start(Receiver receiver);

    /**
     * Whether there is a way to ask a peer; or else it is only answered.
     *
     * @param peer the peer
     * @return whether it can be asked, though perhaps not now
     */
    boolean reaches(Peer peer);

    /**
     * Asks a peer. Doesn't block, and doesn't throw.
     *
     * @param peer whom
     * @param request what for
     * @return the peer's answer; or an exception, whose message says why there is none
     */
    CompletableFuture<Response> ask(Peer peer, Request request);

    /** {@return where peers reach this node; empty before {@link #start}, or if they can't} */
    Optional<URI> address();

    /** Ends all that it began. What was asked and isn't answered fails. Closing again does nothing. */
    @Override
    void close();
}
