package io.vaultmesh.federation.merge;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.body.IncomingBodies;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.util.Optional;

/** The bodies of a memory's namespace. Thread-safe, as its store is. */
final class MemoryBodies implements BodyDepot {

    private final BodyStore store;
    private final IncomingBodies incoming;

    MemoryBodies(BodyStore store) {
        this.store = store;
        this.incoming = store.incoming();
    }

    @Override
    public boolean has(BodyRef body) {
        return store.has(body.digest());
    }

    @Override
    public Optional<byte[]> read(Hash digest, long offset, int length) {
        return store.read(digest, offset, length);
    }

    @Override
    public long received(BodyRef body) {
        return incoming.received(body);
    }

    @Override
    public Verdict receive(BodyRef body, long offset, byte[] part) {
        return incoming.receive(body, offset, part);
    }

    @Override
    public void drop(BodyRef body) {
        incoming.drop(body);
    }
}
