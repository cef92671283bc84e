package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.merge.Conflict;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.NamespaceName;

/** What an operator of a federation may want to know. */
public sealed interface FederationEvent {

    /**
     * An exchange ended.
     *
     * @param report what came of it
     */
    record Synced(SyncReport report) implements FederationEvent {}

    /**
     * An author gave one number to several records. It is told when it is found, and whenever their number has doubled.
     *
     * @param conflict the evidence
     */
    record Conflicted(Conflict conflict) implements FederationEvent {}

    /**
     * A record from a peer was refused.
     *
     * @param peer who sent it
     * @param namespace where
     * @param id the record's id
     * @param reason why
     */
    record Refused(PeerId peer, NamespaceName namespace, Hash id, String reason) implements FederationEvent {}

    /**
     * A peer's log is not what it was: it contradicts an earlier checkpoint, or went back behind it. If it contradicts, its
     * tail is not read any more; if it went back, not until it has grown beyond that checkpoint. Records still come by
     * reconciliation, since they stand on their authors' signatures.
     *
     * @param peer whose log it is
     * @param namespace where
     * @param reason what was seen
     */
    record LogDoubted(PeerId peer, NamespaceName namespace, String reason) implements FederationEvent {}

    /**
     * A peer did what none should: sent what isn't well-formed, other bytes than asked for, or endlessly.
     *
     * @param peer the peer
     * @param namespace where
     * @param reason what it did
     */
    record Misbehaved(PeerId peer, NamespaceName namespace, String reason) implements FederationEvent {}
}
