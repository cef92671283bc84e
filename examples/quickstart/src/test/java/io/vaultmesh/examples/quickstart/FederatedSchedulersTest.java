package io.vaultmesh.examples.quickstart;

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
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.FileAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that take over each other's records, anchors among them, each with a scheduler of its own. */
@Timeout(120)
class FederatedSchedulersTest {

    private static final Role[] ALL = {Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH};

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final InMemoryNetwork network = new InMemoryNetwork();

    private static PeerId id(Remembrancer memory) {
        return PeerId.of(memory.exposeTransportKey().publicKey());
    }

    private FederationNode node(Remembrancer memory, Remembrancer peer) {
        FederationNode node = FederationNode.builder()
                .memory(memory)
                .clock(clock)
                .transport(network.connect(id(memory)))
                .peer(Peer.of(id(peer)).roles(ALL).namespaces("main"))
                .build();
        node.start();
        return node;
    }

    private Scheduler scheduler(Remembrancer memory, Anchor fast, Anchor strong) {
        return Scheduler.builder(memory)
                .clock(clock)
                .random(new Random(1))
                .spread(Duration.ZERO)
                .namespace("main", cadence -> cadence.fast("1h", fast).strong("1d", strong))
                .build();
    }

    private Remembrancer memory(Path at) {
        return Remembrancer.builder(at).clock(clock).open();
    }

    private Anchor file(String name) {
        return FileAnchor.of(name, directory.resolve(name.substring("file:".length())), clock);
    }

    private long published(String name) throws IOException {
        Path file = directory.resolve(name.substring("file:".length()));
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private static long anchors(Namespace namespace) {
        return namespace
                .timeline()
                .filter(record -> record.kind() == Kind.ANCHOR)
                .count();
    }

    @Test
    void oneRecordIsAnchoredOnceByEachLaneOfEachNodeInAYear() throws IOException {
        List<String> names = List.of("file:a-fast", "file:a-strong", "file:b-fast", "file:b-strong");
        List<Anchor> targets = names.stream().map(this::file).toList();
        try (Remembrancer left = memory(directory.resolve("left"));
                Remembrancer right = memory(directory.resolve("right"))) {
            Namespace here = left.namespace("main");
            Namespace there = right.namespace("main");
            here.record(Discovery.of("one", "one"));
            try (FederationNode a = node(left, right);
                    FederationNode b = node(right, left);
                    Scheduler mine = scheduler(left, targets.get(0), targets.get(1));
                    Scheduler theirs = scheduler(right, targets.get(2), targets.get(3))) {
                for (int half = 0; half < 2 * 366; half++) {
                    var unused = b.sync(a.id()).orThrow();
                    var ticks = List.of(mine.tick(), theirs.tick());
                    for (String name : names) {
                        assertTrue(published(name) <= 1, name + " again at " + now + ticks);
                    }
                    now = now.plus(Duration.ofHours(12));
                }
                var unused = b.sync(a.id()).orThrow();
                assertEquals(
                        a.status().namespaces().get(0).root(),
                        b.status().namespaces().get(0).root());
            }
            for (String name : names) {
                assertEquals(1, published(name), name);
            }
            // the record, and the four anchors, at both
            assertEquals(4, anchors(here));
            assertEquals(4, anchors(there));
            assertEquals(5, here.size());
            assertEquals(5, there.size());
            assertFalse(left.verifyAudit().failed(), left.verifyAudit().toText());
            assertFalse(right.verifyAudit().failed(), right.verifyAudit().toText());
        }
    }
}
