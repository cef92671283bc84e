package io.vaultmesh.federation.processes;

import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.transport.Receiver;
import io.vaultmesh.federation.transport.Transport;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Has the key of a peer and lies under its name: half of what it says is damaged, old, missing or nonsense. */
final class Treacherous implements Transport {

    private final Transport honest;
    private final Random random;
    private final Map<Operation, byte[]> before = new EnumMap<>(Operation.class);

    Treacherous(Transport honest, Random random) {
        this.honest = honest;
        this.random = random;
    }

    private synchronized byte[] spoiled(Operation operation, byte[] body) {
        byte[] old = before.put(operation, body);
        byte[] spoiled = body.clone();
        switch (random.nextInt(8)) {
            case 0 -> spoiled = old == null ? spoiled : old;
            case 1 -> spoiled = new byte[0];
            case 2 -> {
                spoiled = new byte[random.nextInt(3000)];
                random.nextBytes(spoiled);
            }
            case 3 -> {
                if (spoiled.length > 0) {
                    spoiled[random.nextInt(spoiled.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            default -> {} // the truth
        }
        return spoiled;
    }

    @Override
    public void start(Receiver receiver) {
        honest.start(new Receiver() {
            @Override
            public Optional<Peer> peer(PeerId id) {
                return receiver.peer(id);
            }

            @Override
            public CompletableFuture<Response> receive(PeerId from, Request request) {
                return receiver.receive(from, request)
                        .thenApply(response ->
                                Response.of(response.status(), spoiled(request.operation(), response.body())));
            }

            @Override
            public void refused(Refused refused) {
                receiver.refused(refused);
            }
        });
    }

    @Override
    public boolean reaches(Peer peer) {
        return honest.reaches(peer);
    }

    @Override
    public CompletableFuture<Response> ask(Peer peer, Request request) {
        Operation operation = request.operation();
        return honest.ask(
                peer,
                operation.isGet()
                        ? request
                        : Request.of(operation, request.namespace(), spoiled(operation, request.body())));
    }

    @Override
    public Optional<URI> address() {
        return honest.address();
    }

    @Override
    public void close() {
        honest.close();
    }
}
