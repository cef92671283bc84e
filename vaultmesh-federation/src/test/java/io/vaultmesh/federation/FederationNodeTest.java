package io.vaultmesh.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.Limits;
import io.vaultmesh.federation.protocol.SyncReport.Outcome;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FederationNodeTest {

    private static final Role[] ALL = {Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH};

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<FederationEvent> events = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private Remembrancer memory(String name) {
        return opened(Remembrancer.open(directory.resolve(name)));
    }

    private static PeerId id(Remembrancer memory) {
        return PeerId.of(memory.exposeTransportKey().publicKey());
    }

    /** Exchanges only when something is recorded, or asked for. */
    private FederationNodeBuilder node(Remembrancer memory) {
        Limits d = Limits.DEFAULT;
        Limits seldom = new Limits(
                Duration.ofHours(1),
                Duration.ofMillis(20),
                d.timeout(),
                d.frame(),
                d.rounds(),
                d.tail(),
                d.part(),
                d.body());
        return FederationNode.builder().memory(memory).limits(seldom).onEvent(events::add);
    }

    private FederationNode started(FederationNodeBuilder builder) {
        FederationNode node = opened(builder.build());
        node.start();
        return node;
    }

    private static Hash root(FederationNode node) {
        return node.status().namespaces().get(0).root();
    }

    /** Waits for an event; the test's timeout ends a wait in vain. */
    @CanIgnoreReturnValue
    private <E extends FederationEvent> E await(Class<E> type, Predicate<E> wanted) throws InterruptedException {
        while (true) {
            FederationEvent event = events.take();
            if (type.isInstance(event) && wanted.test(type.cast(event))) {
                return type.cast(event);
            }
        }
    }

    @Nested
    class OverHttp {

        @Test
        void twoMemoriesComeToAgreeAndAnnounceWhatIsNew() throws Exception {
            Remembrancer left = memory("left");
            Remembrancer right = memory("right");
            for (int i = 0; i < 50; i++) {
                left.record(Discovery.of("left " + i, "found on the left, " + i));
                right.record(Discovery.of("right " + i, "found on the right, " + i));
            }
            FederationNode a = started(node(left).listen("127.0.0.1", 0).namespaces("main"));
            FederationNode b = started(node(right)
                    .listen("127.0.0.1", 0)
                    .peer(Peer.at(a.address().orElseThrow())
                            .identity(a.id())
                            .roles(ALL)
                            .namespaces("main")));
            a.join(b.address().orElseThrow(), b.id());
            SyncReports report = b.sync(a.id()).orThrow();
            assertEquals(1, report.namespaces().size());
            assertEquals(root(a), root(b));
            assertEquals(100, a.status().namespaces().get(0).size());
            a.sync(b.id()).orThrow(); // the one that began when b joined is over: what is new now, is not found by it

            Hash id = left.record(Discovery.of("news", "from the left")).id();
            await(
                    FederationEvent.Synced.class,
                    synced -> synced.report().outcome() == Outcome.ANNOUNCED
                            && synced.report().pushed() == 1);
            assertTrue(right.receipt(id).isPresent());
            assertFalse(left.verifyAudit().failed());
            assertFalse(right.verifyAudit().failed());
            b.sync(a.id()).orThrow();
            NodeStatus.OfPeer seen = b.status().namespaces().get(0).peers().get(0);
            assertTrue(seen.agrees(), b.status()::toString);
        }

        @Test
        void aStrangerAndAPeerWithoutTheRoleAreTold() {
            Remembrancer left = memory("left");
            Remembrancer right = memory("right");
            FederationNode a = started(node(left).listen("127.0.0.1", 0).namespaces("main"));
            FederationNode b = started(node(right)
                    .listen("127.0.0.1", 0)
                    .peer(Peer.at(a.address().orElseThrow())
                            .identity(a.id())
                            .roles(ALL)
                            .namespaces("main")));
            SyncReports stranger = b.sync(a.id());
            assertEquals(Outcome.FAILED, stranger.namespaces().get(0).outcome());
            assertTrue(stranger.toString().contains("401"), stranger::toString);
            a.join(Peer.of(b.id()).roles(Role.REQUEST).namespaces("main"));
            SyncReports denied = b.sync(a.id());
            assertTrue(denied.toString().contains("403"), denied::toString);
            assertThrows(IllegalStateException.class, denied::orThrow);
        }
    }
}
