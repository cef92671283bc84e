package io.vaultmesh.federation.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.SyncReport;
import io.vaultmesh.federation.protocol.SyncReport.Outcome;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Counts a node's events: {@code FederationNode.builder().onEvent(new FederationMetrics(registry))}. Needs {@code
 * io.micrometer:micrometer-core}, which this library doesn't bring along.
 *
 * <ul>
 *   <li>{@code vaultmesh.federation.exchanges} by namespace, peer and outcome
 *   <li>{@code vaultmesh.federation.records} by namespace, peer and what became of them: fetched, pushed, refused, withheld
 *   <li>{@code vaultmesh.federation.bodies} and {@code .bytes} by namespace and peer, both ways, of exchanges begun here
 *   <li>{@code vaultmesh.federation.agrees}, a gauge by namespace and peer: 1 if the last exchange that compared both sets
 *       found the same, or else 0
 *   <li>{@code vaultmesh.federation.rejected} by reason: requests that weren't looked at
 *   <li>{@code vaultmesh.federation.refused} by namespace and peer: records that a peer sent and that were refused
 *   <li>{@code vaultmesh.federation.misbehaved} and {@code .logs.doubted} by namespace and peer; {@code .conflicts} by
 *       namespace; {@code .failures}
 * </ul>
 *
 * <p>There are as many meters as peers and namespaces are configured; nothing that a stranger sends makes one. Thread-safe.
 */
public final class FederationMetrics implements Consumer<FederationEvent> {

    private static final String PREFIX = "vaultmesh.federation.";

    private final MeterRegistry registry;
    private final Map<Tags, AtomicInteger> agrees = new ConcurrentHashMap<>();

    /**
     * Creates a listener.
     *
     * @param registry where the meters are
     */
    @SuppressWarnings("exports") // who has no Micrometer couldn't compile against this module, if it were transitive
    public FederationMetrics(MeterRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
    }

    private static Tags tags(NamespaceName namespace, PeerId peer) {
        return Tags.of("namespace", namespace.value(), "peer", peer.did());
    }

    private void count(String name, Tags tags, double amount) {
        registry.counter(PREFIX + name, tags).increment(amount);
    }

    @Override
    public void accept(FederationEvent event) {
        if (event instanceof FederationEvent.Synced synced) {
            count(synced.report());
        } else if (event instanceof FederationEvent.Rejected rejected) {
            count("rejected", Tags.of("reason", rejected.reason()), 1);
        } else if (event instanceof FederationEvent.Refused refused) {
            count("refused", tags(refused.namespace(), refused.peer()), 1);
        } else if (event instanceof FederationEvent.Misbehaved misbehaved) {
            count("misbehaved", tags(misbehaved.namespace(), misbehaved.peer()), 1);
        } else if (event instanceof FederationEvent.LogDoubted doubted) {
            count("logs.doubted", tags(doubted.namespace(), doubted.peer()), 1);
        } else if (event instanceof FederationEvent.Conflicted conflicted) {
            count(
                    "conflicts",
                    Tags.of("namespace", conflicted.conflict().namespace().value()),
                    1);
        } else if (event instanceof FederationEvent.Failed) {
            count("failures", Tags.empty(), 1);
        }
    }

    private void count(SyncReport report) {
        Tags tags = tags(report.namespace(), report.peer());
        count("exchanges", tags.and("outcome", report.outcome().name()), 1);
        count("records", tags.and("became", "fetched"), report.fetched());
        count("records", tags.and("became", "pushed"), report.pushed());
        count("records", tags.and("became", "refused"), report.refused());
        count("records", tags.and("became", "withheld"), report.withheld());
        count("bodies", tags, report.bodies());
        count("bytes", tags, (double) report.bytes());
        if (report.outcome() != Outcome.ANNOUNCED) {
            boolean same = report.outcome() == Outcome.IN_SYNC || report.outcome() == Outcome.CONVERGED;
            agrees.computeIfAbsent(tags, key -> registry.gauge(PREFIX + "agrees", key, new AtomicInteger()))
                    .set(same ? 1 : 0);
        }
    }
}
