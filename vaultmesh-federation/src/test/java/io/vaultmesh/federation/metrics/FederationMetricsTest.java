package io.vaultmesh.federation.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.SyncReport;
import io.vaultmesh.federation.protocol.SyncReport.Outcome;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FederationMetricsTest {

    private static final PeerId PEER =
            PeerId.of(Ed25519PrivateKey.ofSeed(new byte[32]).publicKey());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FederationMetrics metrics = new FederationMetrics(registry);

    private static FederationEvent synced(Outcome outcome) {
        return new FederationEvent.Synced(
                new SyncReport(PEER, NamespaceName.MAIN, outcome, 5, 3, 2, 1, 4, 6, 1000, ""));
    }

    private double counted(String name, String... tags) {
        return registry.get("vaultmesh.federation." + name).tags(tags).counter().count();
    }

    @Test
    void countsWhatAnExchangeDid() {
        metrics.accept(synced(Outcome.CONVERGED));
        metrics.accept(synced(Outcome.FAILED));
        assertEquals(1, counted("exchanges", "outcome", "CONVERGED", "peer", PEER.did(), "namespace", "main"));
        assertEquals(1, counted("exchanges", "outcome", "FAILED"));
        assertEquals(10, counted("records", "became", "fetched"));
        assertEquals(6, counted("records", "became", "pushed"));
        assertEquals(4, counted("records", "became", "refused"));
        assertEquals(2, counted("records", "became", "withheld"));
        assertEquals(8, counted("bodies"));
        assertEquals(2000, counted("bytes"));
    }

    @Test
    void showsWhoAgreesAndKeepsThatWhenSomethingIsAnnounced() {
        metrics.accept(synced(Outcome.IN_SYNC));
        metrics.accept(synced(Outcome.ANNOUNCED));
        assertEquals(1, registry.get("vaultmesh.federation.agrees").gauge().value());
        metrics.accept(synced(Outcome.DIFFERS));
        assertEquals(0, registry.get("vaultmesh.federation.agrees").gauge().value());
    }

    @Test
    void countsWhatWentWrong() {
        metrics.accept(new FederationEvent.Rejected(Optional.empty(), "UNSIGNED", "somebody"));
        metrics.accept(new FederationEvent.Rejected(Optional.of(PEER), "UNSIGNED", "somebody else"));
        metrics.accept(new FederationEvent.Refused(PEER, NamespaceName.MAIN, Hashing.sha256(new byte[0]), "no"));
        metrics.accept(new FederationEvent.Misbehaved(PEER, NamespaceName.MAIN, "lies"));
        metrics.accept(new FederationEvent.LogDoubted(PEER, NamespaceName.MAIN, "went back"));
        metrics.accept(new FederationEvent.Failed("disk"));
        assertEquals(2, counted("rejected", "reason", "UNSIGNED"), "what a stranger sends makes no meter of its own");
        assertEquals(1, counted("refused", "peer", PEER.did()));
        assertEquals(1, counted("misbehaved", "peer", PEER.did()));
        assertEquals(1, counted("logs.doubted"));
        assertEquals(1, counted("failures"));
    }
}
