package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.NamespaceName;

/**
 * What came of one exchange with a peer about a namespace. Immutable and thread-safe.
 *
 * @param peer the peer
 * @param namespace the namespace
 * @param outcome how it ended
 * @param fetched how many records came in and were admitted
 * @param pushed how many records were sent
 * @param refused how many of those that came in were refused
 * @param withheld how many records the peer claimed to have, and didn't give
 * @param bodies how many bodies came in
 * @param requests how many requests it took
 * @param bytes how many bytes both sides sent, without what the transport adds
 * @param reason why it failed; empty if it didn't
 */
public record SyncReport(
        PeerId peer,
        NamespaceName namespace,
        Outcome outcome,
        int fetched,
        int pushed,
        int refused,
        int withheld,
        int bodies,
        int requests,
        long bytes,
        String reason) {

    /** How an exchange can end. */
    public enum Outcome {
        /** Both had the same set from the beginning. */
        IN_SYNC,
        /** Both have the same set now. */
        CONVERGED,
        /** What was new was offered to the peer, which was not asked for more. */
        ANNOUNCED,
        /** The sets still differ: something changed meanwhile, is withheld or was refused. */
        DIFFERS,
        /** The peer's set is made by another policy, so that the two need not become the same. */
        POLICY_DIFFERS,
        /** It ended early. What was verified by then is kept. */
        FAILED
    }

    /**
     * Throws if the exchange didn't make both sets the same.
     *
     * @return this report
     * @throws IllegalStateException if it didn't; the message has the report
     */
    @CanIgnoreReturnValue
    public SyncReport orThrow() {
        if (outcome != Outcome.IN_SYNC && outcome != Outcome.CONVERGED) {
            throw new IllegalStateException(toString());
        }
        return this;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return namespace + " with " + peer + ": " + outcome + ", " + fetched + " fetched, " + pushed + " pushed, "
                + refused
                + " refused, " + withheld + " withheld, " + bodies + " bodies, " + requests + " requests, " + bytes
                + " bytes" + (reason.isEmpty() ? "" : ": " + reason);
    }
}
