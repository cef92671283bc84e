package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.merge.Conflict;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Optional;

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

    /**
     * A request was refused before it was looked at: it isn't known who sent it, or its sender may not ask that, or not so
     * much.
     *
     * @param from who sent it; empty if that isn't sure
     * @param reason why, as one of a few words
     * @param text why, for people; it may have what a stranger sent, without control characters
     */
    record Rejected(Optional<PeerId> from, String reason, String text) implements FederationEvent {}

    /**
     * The node could not do something that it does by itself, and goes on.
     *
     * @param text what, and why
     */
    record Failed(String text) implements FederationEvent {}
}
