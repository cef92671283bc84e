package io.vaultmesh.scheduler.ops;

import static io.vaultmesh.scheduler.ops.Snapshots.CHAIN;
import static io.vaultmesh.scheduler.ops.Snapshots.NOW;
import static io.vaultmesh.scheduler.ops.Snapshots.STAMPS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The page in each state, to the byte; docs/operations shows some of them. */
class HealthPageTest {

    private static final String ANCHORS = "{\"fast\":1780315170,\"strong\":1780315170}";
    private static final String WELL =
            "{\"dao:vaultmesh\":{\"backoff\":0,\"lastAnchor\":" + ANCHORS + ",\"status\":\"ok\"}}";

    private static void assertPage(
            String status, String lastTick, String namespaces, String reasons, Consumer<Snapshots> change) {
        Snapshots snapshots = new Snapshots();
        change.accept(snapshots);
        SchedulerSnapshot snapshot = snapshots.build();
        assertEquals(
                "{\"lastTick\":" + lastTick + ",\"namespaces\":" + namespaces + ",\"reasons\":[" + reasons
                        + "],\"status\":\"" + status + "\",\"uptime\":86400}",
                HealthPage.json(snapshot, Health.of(snapshot, HealthRules.DEFAULT), HealthRules.DEFAULT));
    }

    @Test
    void healthy() {
        assertPage("healthy", "1780315199000", WELL, "", s -> {});
    }

    @Test
    void healthyWithoutLanesAndAnchors() {
        assertPage("healthy", "1780315199000", "{}", "", s -> s.lanes.clear());
        assertPage(
                "healthy",
                "1780315199000",
                "{\"dao:vaultmesh\":{\"backoff\":0,\"lastAnchor\":{\"fast\":1780315170},\"status\":\"ok\"}}",
                "",
                s -> s.lanes.put(CHAIN, Snapshots.pending(Duration.ZERO)));
    }

    @Test
    void degradedByALaneThatFails() {
        assertPage(
                "degraded",
                "1780315199000",
                "{\"dao:vaultmesh\":{\"backoff\":3,\"lastAnchor\":{\"fast\":1780308000,\"strong\":1780315170},"
                        + "\"status\":\"backing_off\"}}",
                "\"lane-failing dao:vaultmesh/fast/rfc3161:tsa\"",
                s -> s.lanes.put(STAMPS, Snapshots.failing(Duration.ofMinutes(5))));
    }

    @Test
    void degradedByALaneThatIsParked() {
        assertPage(
                "degraded",
                "1780315199000",
                "{\"dao:vaultmesh\":{\"backoff\":1,\"lastAnchor\":{\"fast\":1780315170,\"strong\":1780308000},"
                        + "\"status\":\"backing_off\"}}",
                "\"lane-parked dao:vaultmesh/strong/btc:mainnet\"",
                s -> s.lanes.put(CHAIN, Snapshots.parked(Duration.ofDays(5))));
    }

    @Test
    void degradedByAChainThatIsSlow() {
        assertPage(
                "degraded",
                "1780315199000",
                "{\"dao:vaultmesh\":{\"backoff\":0,\"lastAnchor\":{\"fast\":1780315170},\"status\":\"stale\"}}",
                "\"anchor-slow dao:vaultmesh/strong/btc:mainnet\"",
                s -> s.lanes.put(CHAIN, Snapshots.pending(Duration.ofHours(4))));
    }

    @Test
    void degradedByALaneThatWaitsForItsTurn() {
        assertPage(
                "degraded",
                "1780315199000",
                "{\"dao:vaultmesh\":{\"backoff\":0,\"lastAnchor\":{\"fast\":1780315170,\"strong\":1780300800},"
                        + "\"status\":\"stale\"}}",
                "\"lane-overdue dao:vaultmesh/strong/btc:mainnet\"",
                s -> s.lanes.put(CHAIN, Snapshots.waiting(Duration.ofHours(4))));
    }

    @Test
    void degradedByACircuitThatIsOpenAndAConfigurationThatWasRefused() {
        assertPage("degraded", "1780315199000", WELL, "\"configuration-refused\",\"circuit-open rfc3161:tsa\"", s -> {
            s.circuits.put("rfc3161:tsa", Circuit.OPEN);
            s.configurationRefused = Optional.of(NOW);
        });
    }

    @Test
    void unhealthyAsItDoesNotTickOrIsClosed() {
        assertPage("unhealthy", "0", WELL, "\"not-ticking\"", s -> s.ticked = Optional.empty());
        assertPage("unhealthy", "1780315199000", WELL, "\"closed\"", s -> s.closed = true);
    }

    @Test
    void unhealthyAsTheDiskRefusedTheJournal() {
        assertPage("unhealthy", "1780315199000", WELL, "\"journal-refused\"", s -> s.journalRefused = true);
    }

    @Test
    void unhealthyAsEveryLaneFails() {
        assertPage(
                "unhealthy",
                "1780315199000",
                "{\"dao:vaultmesh\":{\"backoff\":3,\"lastAnchor\":{\"fast\":1780308000,\"strong\":1780308000},"
                        + "\"status\":\"backing_off\"}}",
                "\"every-lane-failing\",\"lane-failing dao:vaultmesh/fast/rfc3161:tsa\","
                        + "\"lane-failing dao:vaultmesh/strong/btc:mainnet\"",
                s -> {
                    s.lanes.put(STAMPS, Snapshots.failing(Duration.ofHours(2)));
                    s.lanes.put(CHAIN, Snapshots.failing(Duration.ofHours(2)));
                });
    }
}
