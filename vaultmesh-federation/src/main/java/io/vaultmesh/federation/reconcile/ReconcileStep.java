package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import java.util.List;
import java.util.Optional;

/**
 * What one answer of a server told a client. No two steps of an exchange name the same id.
 *
 * <p>Immutable.
 */
public final class ReconcileStep {

    private final List<Hash> have;
    private final List<Hash> need;
    private final byte[] next;

    /** A step; without bytes there is no next message. */
    ReconcileStep(List<Hash> have, List<Hash> need, byte[] next) {
        this.have = have;
        this.need = need;
        this.next = next.clone();
    }

    /**
     * The ids that the client has and the server hasn't.
     *
     * @return those that weren't known before, in the order of the client's set; unmodifiable
     */
    public List<Hash> have() {
        return have;
    }

    /**
     * The ids that the server says it has, and the client hasn't.
     *
     * @return those that weren't known before; unmodifiable
     */
    public List<Hash> need() {
        return need;
    }

    /**
     * The next message to the server.
     *
     * @return a copy of it; empty if the exchange is done
     */
    public Optional<byte[]> next() {
        return next.length == 0 ? Optional.empty() : Optional.of(next.clone());
    }

    /** How many ids are had and needed, and whether there is more to say. */
    @Override
    public String toString() {
        return have.size() + " had, " + need.size() + " needed, " + (next.length == 0 ? "done" : "not done");
    }
}
