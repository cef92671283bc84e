package io.vaultmesh.federation;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.SyncReport;
import io.vaultmesh.federation.protocol.SyncReport.Outcome;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The peers of a node, and what is known of each. Who they are is thread-safe; the rest is the loop's alone. */
final class PeerBook {

    private final Map<PeerId, Peer> peers = new ConcurrentHashMap<>();
    private final Map<Shared, Agreement> agreements = new HashMap<>();

    private record Shared(PeerId peer, NamespaceName namespace) {}

    private static final class Agreement {
        private Instant since;
        private boolean agrees;
        private @Nullable Hash rootThen;
        private @Nullable SyncReport last;

        Agreement(Instant since) {
            this.since = since;
        }
    }

    Optional<Peer> get(PeerId id) {
        return Optional.ofNullable(peers.get(id));
    }

    List<Peer> all() {
        return peers.values().stream().sorted(Comparator.comparing(Peer::id)).toList();
    }

    void put(Peer peer) {
        peers.put(peer.id(), peer);
    }

    void remove(PeerId id) {
        peers.remove(id);
    }

    void forget(PeerId id) {
        agreements.keySet().removeIf(each -> each.peer().equals(id));
    }

    /** Notes what came of an exchange that compared both sets. */
    void note(SyncReport report, Hash root, Instant now) {
        if (report.outcome() == Outcome.ANNOUNCED) {
            return;
        }
        Agreement agreement = agreement(report.peer(), report.namespace(), now);
        agreement.last = report;
        if (report.outcome() == Outcome.IN_SYNC || report.outcome() == Outcome.CONVERGED) {
            agreement.rootThen = root;
        } else if (report.outcome() != Outcome.FAILED) { // a peer that isn't reached may have what it had
            agreement.rootThen = null;
        }
        see(agreement, root, now);
    }

    private Agreement agreement(PeerId peer, NamespaceName namespace, Instant now) {
        return agreements.computeIfAbsent(new Shared(peer, namespace), key -> new Agreement(now));
    }

    private static void see(Agreement agreement, Hash root, Instant now) {
        boolean agrees = agreement.rootThen != null && root.equals(agreement.rootThen);
        if (agrees != agreement.agrees) {
            agreement.agrees = agrees;
            agreement.since = now;
        }
    }

    /** A set changed. */
    void changed(RecordSet set, Instant now) {
        agreements.forEach((shared, agreement) -> {
            if (shared.namespace().equals(set.namespace())) {
                see(agreement, set.root(), now);
            }
        });
    }

    NodeStatus.OfNamespace status(RecordSet set, Instant now, ToDoubleFunction<PeerId> score) {
        changed(set, now);
        List<NodeStatus.OfPeer> shared = all().stream()
                .filter(peer -> peer.namespaces().contains(set.namespace()))
                .map(peer -> {
                    Agreement known = agreement(peer.id(), set.namespace(), now);
                    return new NodeStatus.OfPeer(
                            peer.id(),
                            known.agrees,
                            known.since,
                            Optional.ofNullable(known.last),
                            score.applyAsDouble(peer.id()));
                })
                .toList();
        return new NodeStatus.OfNamespace(
                set.namespace(),
                set.root(),
                set.size(),
                set.policy().id(),
                set.conflicts().size(),
                shared);
    }
}
