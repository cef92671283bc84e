package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.wire.Announcement;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the parts of one exchange have in common.
 *
 * @param peer with whom
 * @param set what is exchanged
 * @param claims which records are on their way
 * @param bodies which bodies are on their way
 * @param logs what was seen of peers' logs
 * @param settings what bounds it, and whether bodies come along
 * @param clock the time
 * @param events who is told
 */
record Exchange(
        Peer peer,
        RecordSet set,
        Claims claims,
        BodyClaims bodies,
        PeerLogs logs,
        Settings settings,
        InstantSource clock,
        Consumer<FederationEvent> events) {

    Limits limits() {
        return settings.limits();
    }

    Announcement announcement(List<Hash> ids) {
        return new Announcement(set.policy().id(), set.root(), set.size(), ids);
    }

    /** Saves which records were refused, if there are more of them. */
    void saveRefused() {
        if (set.hasNewRefusals()) {
            logs.saveRefused(set.namespace(), set.refusals());
            set.refusalsSaved();
        }
    }
}
