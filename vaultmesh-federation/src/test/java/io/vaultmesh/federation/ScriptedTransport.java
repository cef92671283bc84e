package io.vaultmesh.federation;

import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.transport.Receiver;
import io.vaultmesh.federation.transport.Transport;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A transport whose other end is a test. */
final class ScriptedTransport implements Transport {

    private final Function<Request, CompletableFuture<Response>> answers;
    private final Map<PeerId, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();

    ScriptedTransport(Function<Request, CompletableFuture<Response>> answers) {
        this.answers = answers;
    }

    /** Peers that never answer. */
    static ScriptedTransport silent() {
        return new ScriptedTransport(request -> new CompletableFuture<>());
    }

    /** Waits until somebody is asked. */
    Request asked() throws InterruptedException {
        return asked.take();
    }

    Map<PeerId, AtomicInteger> counts() {
        return counts;
    }

    @Override
    public void start(Receiver receiver) {}

    @Override
    public boolean reaches(Peer peer) {
        return true;
    }

    @Override
    public CompletableFuture<Response> ask(Peer peer, Request request) {
        counts.computeIfAbsent(peer.id(), id -> new AtomicInteger()).incrementAndGet();
        asked.add(request);
        return answers.apply(request);
    }

    @Override
    public Optional<URI> address() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
