package io.vaultmesh.federation;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.SyncReport;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a node and its peers agree, at one moment. Immutable and thread-safe.
 *
 * @param id who the node is
 * @param address where peers reach it; empty if they can't
 * @param namespaces what is shared, by name
 */
public record NodeStatus(PeerId id, Optional<URI> address, List<OfNamespace> namespaces) {

    private static final double SHOWN = 0.05; // the lowest score that isn't 0.0 for people

    /**
     * Creates a status.
     *
     * @param id who the node is
     * @param address where peers reach it; empty if they can't
     * @param namespaces what is shared, by name
     */
    public NodeStatus {
        namespaces = List.copyOf(namespaces);
    }

    /**
     * One namespace.
     *
     * @param name its name
     * @param root its set root: nodes that show the same one hold the same records
     * @param size how many records are in the set
     * @param policy which policy admits them, by its hash
     * @param conflicts how many numbers were given to several records by their authors
     * @param peers the peers that share it
     */
    public record OfNamespace(NamespaceName name, Hash root, int size, Hash policy, int conflicts, List<OfPeer> peers) {

        /**
         * Creates a status.
         *
         * @param name its name
         * @param root its set root: nodes that show the same one hold the same records
         * @param size how many records are in the set
         * @param policy which policy admits them, by its hash
         * @param conflicts how many numbers were given to several records by their authors
         * @param peers the peers that share it
         */
        public OfNamespace {
            peers = List.copyOf(peers);
        }
    }

    /**
     * One peer in one namespace.
     *
     * @param peer the peer
     * @param agrees whether it had, when it was last compared, the set that this node has now
     * @param since since when it agrees or doesn't, as far as this node saw since it was started
     * @param last what came of the last exchange that compared both sets; empty if there was none yet
     * @param score how much it misbehaved, halved with time; it is heard again below 5 once it reached 10
     */
    public record OfPeer(PeerId peer, boolean agrees, Instant since, Optional<SyncReport> last, double score) {}

    /** A line for the node, for each namespace and for each peer. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("node " + id + address.map(at -> " at " + at).orElse(""));
        for (OfNamespace namespace : namespaces) {
            text.append("\n  " + namespace.name() + ": " + namespace.size() + " records, root " + namespace.root()
                    + (namespace.conflicts() == 0 ? "" : ", " + namespace.conflicts() + " conflicts"));
            for (OfPeer peer : namespace.peers()) {
                text.append("\n    " + peer.peer() + (peer.agrees() ? " agrees since " : " differs since ")
                        + peer.since()
                        + peer.last()
                                .map(each -> "; last: " + each.outcome()
                                        + (each.reason().isEmpty() ? "" : ", " + each.reason()))
                                .orElse("; not reached yet")
                        + (peer.score() < SHOWN
                                ? ""
                                : String.format(Locale.ROOT, "; misbehaved: score %.1f", peer.score())));
            }
        }
        return text.toString();
    }
}
