package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.SchedulerFixture.anchors;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.FederationNode;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.transport.InMemoryNetwork;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that take over each other's records, anchors among them, each with a scheduler of its own. */
@Timeout(120)
class FederatedNodesTest {

    private static final Role[] ALL = {Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH};

    @TempDir
    Path directory;

    private final SchedulerFixture fixture = new SchedulerFixture();
    private final InMemoryNetwork network = new InMemoryNetwork();

    private static PeerId id(Remembrancer memory) {
        return PeerId.of(memory.exposeTransportKey().publicKey());
    }

    private FederationNode node(Remembrancer memory, Remembrancer peer) {
        FederationNode node = FederationNode.builder()
                .memory(memory)
                .clock(fixture.clock)
                .transport(network.connect(id(memory)))
                .peer(Peer.of(id(peer)).roles(ALL).namespaces("main"))
                .build();
        node.start();
        return node;
    }

    private Scheduler scheduler(Remembrancer memory, ScriptedAnchor fast, ScriptedAnchor strong) {
        return fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", fast).strong("1d", strong))
                .build();
    }

    @Test
    void oneRecordIsAnchoredOnceByEachLaneOfEachNodeInAYear() {
        List<ScriptedAnchor> targets = List.of(
                new ScriptedAnchor("test:a-fast"),
                new ScriptedAnchor("test:a-strong"),
                new ScriptedAnchor("test:b-fast"),
                new ScriptedAnchor("test:b-strong"));
        try (Remembrancer left = fixture.memory(directory.resolve("left"));
                Remembrancer right = fixture.memory(directory.resolve("right"))) {
            Namespace here = left.namespace("main");
            Namespace there = right.namespace("main");
            record(here, "one");
            try (FederationNode a = node(left, right);
                    FederationNode b = node(right, left);
                    Scheduler mine = scheduler(left, targets.get(0), targets.get(1));
                    Scheduler theirs = scheduler(right, targets.get(2), targets.get(3))) {
                for (int half = 0; half < 2 * 366; half++) {
                    var unused = b.sync(a.id()).orThrow();
                    var ticks = List.of(mine.tick(), theirs.tick());
                    for (ScriptedAnchor target : targets) {
                        assertTrue(target.published.size() <= 1, target.name() + " again at " + fixture.now + ticks);
                    }
                    fixture.now = fixture.now.plus(Duration.ofHours(12));
                }
                var unused = b.sync(a.id()).orThrow();
                assertEquals(
                        a.status().namespaces().get(0).root(),
                        b.status().namespaces().get(0).root());
            }
            targets.forEach(target -> assertEquals(1, target.published.size(), target.name()));
            // the record, and the four anchors, at both
            assertEquals(4, anchors(here).size());
            assertEquals(4, anchors(there).size());
            assertEquals(5, here.size());
            assertEquals(5, there.size());
            assertFalse(left.verifyAudit().failed(), left.verifyAudit().toText());
            assertFalse(right.verifyAudit().failed(), right.verifyAudit().toText());
        }
    }
}
