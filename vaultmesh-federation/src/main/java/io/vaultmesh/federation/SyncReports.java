package io.vaultmesh.federation;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.SyncReport;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of one exchange with a peer about each namespace that is shared with it. Immutable and thread-safe.
 *
 * @param peer the peer
 * @param namespaces a report for each namespace, by name
 */
public record SyncReports(PeerId peer, List<SyncReport> namespaces) {

    /**
     * Creates reports.
     *
     * @param peer the peer
     * @param namespaces a report for each namespace, by name
     */
    public SyncReports {
        namespaces = List.copyOf(namespaces);
    }

    /**
     * Throws unless both have the same in every namespace.
     *
     * @return these reports
     * @throws IllegalStateException if they haven't; the message has the reports
     */
    @CanIgnoreReturnValue
    public SyncReports orThrow() {
        namespaces.forEach(SyncReport::orThrow);
        return this;
    }

    /** A line for each namespace. */
    @Override
    public String toString() {
        return namespaces.stream().map(SyncReport::toString).collect(Collectors.joining("\n"));
    }
}
