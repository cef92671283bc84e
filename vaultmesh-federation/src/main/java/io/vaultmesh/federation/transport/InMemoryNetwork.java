package io.vaultmesh.federation.transport;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network within one process, for tests of what federates: as reliable as a call, unless it is cut. Who asks is who made
 * the transport, so nothing is signed. Thread-safe.
 */
public final class InMemoryNetwork {

    private final Map<PeerId, Receiver> receivers = new ConcurrentHashMap<>();
    private final Set<Direction> cut = ConcurrentHashMap.newKeySet();

    private record Direction(PeerId from, PeerId to) {}

    /** A network to which no node is connected. */
    public InMemoryNetwork() {}

    /**
     * Connects a node.
     *
     * @param id the node's id
     * @return its transport
     */
    public Transport connect(PeerId id) {
        return new Connection(requireNonNull(id, "id"));
    }

    /**
     * From now on nothing comes from one node to another, until it is {@linkplain #heal healed}.
     *
     * @param from the one that asks in vain
     * @param to the other one, which may still ask
     */
    public void cut(PeerId from, PeerId to) {
        cut.add(new Direction(from, to));
    }

    /** Everything comes through again. */
    public void heal() {
        cut.clear();
    }

    private final class Connection implements Transport {

        private final PeerId id;

        Connection(PeerId id) {
            this.id = id;
        }

        @Override
        public void start(Receiver receiver) {
            if (receivers.putIfAbsent(id, requireNonNull(receiver, "receiver")) != null) {
                throw new IllegalStateException(id + " is connected already");
            }
        }

        @Override
        public boolean reaches(Peer peer) {
            return true;
        }

        @Override
        public CompletableFuture<Response> ask(Peer peer, Request request) {
            Receiver receiver = receivers.get(peer.id());
            if (receiver == null || cut.contains(new Direction(id, peer.id()))) {
                return CompletableFuture.failedFuture(new IOException(peer.id() + " can't be reached"));
            }
            return receiver.peer(id).isPresent()
                    ? receiver.receive(id, request)
                    : CompletableFuture.completedFuture(Response.denied(request));
        }

        @Override
        public Optional<URI> address() {
            return Optional.empty();
        }

        @Override
        public void close() {
            receivers.remove(id);
        }
    }
}
