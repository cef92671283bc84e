package io.vaultmesh.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.Limits;
import io.vaultmesh.federation.protocol.SyncReport.Outcome;
import io.vaultmesh.federation.transport.HttpSettings;
import io.vaultmesh.federation.transport.InMemoryNetwork;
import io.vaultmesh.federation.transport.Resources;
import io.vaultmesh.federation.wire.Announcement;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NodeInTroubleTest {

    private static final Role[] ALL = {Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH};

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        Resources.awaitNoThreads();
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private Remembrancer memory(String name) {
        return opened(Remembrancer.open(directory.resolve(name)));
    }

    private static PeerId id(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return PeerId.of(Ed25519PrivateKey.ofSeed(bytes).publicKey());
    }

    private static Peer peer(PeerId id) {
        return Peer.of(id).roles(ALL).namespaces("main");
    }

    private static Limits every(Duration period) {
        Limits d = Limits.DEFAULT;
        return new Limits(
                period, Duration.ofMillis(10), d.timeout(), d.frame(), d.rounds(), d.tail(), d.part(), d.body());
    }

    private static FederationNodeBuilder seldom(Remembrancer memory) {
        return FederationNode.builder().memory(memory).limits(every(Duration.ofHours(1)));
    }

    private FederationNode started(FederationNodeBuilder builder) {
        FederationNode node = opened(builder.build());
        node.start();
        return node;
    }

    private static Hash root(FederationNode node) {
        return node.status().namespaces().get(0).root();
    }

    private static String failure(Future<?> result) {
        Throwable cause = assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS))
                .getCause();
        assertTrue(cause instanceof IllegalStateException, cause::toString);
        return String.valueOf(cause.getMessage());
    }

    @Nested
    class WhoWaits {

        private final ScriptedTransport silent = ScriptedTransport.silent();

        /** A node whose only peer never answers, and a sync that waits for it. */
        private Future<SyncReports> waiting(FederationNode node) throws InterruptedException {
            assertEquals("main", silent.asked().namespace().value());
            FutureTask<SyncReports> sync = new FutureTask<>(() -> node.sync(id(1)));
            Thread thread = new Thread(sync, "waiting");
            thread.start();
            Resources.await(() -> thread.getState() == Thread.State.WAITING, () -> "not waiting: " + thread.getState());
            return sync;
        }

        private FederationNode node() {
            return started(seldom(memory("memory")).transport(silent).peer(peer(id(1))));
        }

        @Test
        void forAPeerThatLeavesIsTold() throws Exception {
            FederationNode node = node();
            Future<SyncReports> sync = waiting(node);
            node.leave(id(1));
            assertTrue(failure(sync).contains("has left meanwhile"));
            assertThrows(IllegalArgumentException.class, () -> node.leave(id(1)));
        }

        @Test
        void forAPeerThatIsTakenUpAnewIsTold() throws Exception {
            FederationNode node = node();
            Future<SyncReports> sync = waiting(node);
            node.join(peer(id(1)));
            assertTrue(failure(sync).contains("taken up anew"));
        }

        @Test
        void forANodeThatIsClosedIsTold() throws Exception {
            FederationNode node = node();
            Future<SyncReports> sync = waiting(node);
            long begin = System.nanoTime();
            node.close();
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(3).toNanos());
            assertEquals("the node is closed", failure(sync));
            assertThrows(IllegalStateException.class, node::status);
            assertThrows(IllegalStateException.class, () -> node.join(peer(id(2))));
            assertThrows(IllegalStateException.class, node::start);
        }
    }

    @Nested
    class Listeners {

        @Test
        void thatFailChangeNothing() {
            InMemoryNetwork network = new InMemoryNetwork();
            Remembrancer left = memory("left");
            var unused = left.record(Discovery.of("a", "b"));
            FederationNode a = started(seldom(left)
                    .transport(network.connect(id(1)))
                    .key(Ed25519PrivateKey.ofSeed(new byte[32]))
                    .peer(peer(id(2)))
                    .onEvent(event -> {
                        throw new AssertionError("a listener's own");
                    })
                    .onEvent(event -> {
                        throw new IllegalStateException("a listener's own");
                    }));
            FederationNode b = started(
                    seldom(memory("right")).transport(network.connect(id(2))).peer(peer(id(1))));
            a.sync(id(2)).orThrow();
            b.sync(id(1)).orThrow();
            assertEquals(root(a), root(b));
        }

        @Test
        void thatCloseTheNodeDoNotWaitForThemselves() throws Exception {
            CompletableFuture<FederationNode> node = new CompletableFuture<>();
            CompletableFuture<Boolean> closed = new CompletableFuture<>();
            FederationNode closing = started(seldom(memory("memory"))
                    .transport(new ScriptedTransport(
                            request -> CompletableFuture.failedFuture(new IOException("no such peer"))))
                    .peer(peer(id(1)))
                    .onEvent(event -> {
                        node.join().close();
                        closed.complete(true);
                    }));
            node.complete(closing);
            assertTrue(closed.get(20, TimeUnit.SECONDS));
            Resources.awaitNoThreads();
        }
    }

    @Nested
    class Clocks {

        @Test
        void thatJumpByMoreThanNanosecondsCanHoldStopNothing() throws Exception {
            AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T08:00:00Z"));
            ScriptedTransport mirror = mirror();
            FederationNode node = started(
                    seldom(memory("memory")).transport(mirror).peer(peer(id(1))).clock(now::get));
            for (String time : List.of("9000-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-11-24T08:00:00Z")) {
                now.set(Instant.parse(time));
                assertEquals(
                        Outcome.IN_SYNC, node.sync(id(1)).namespaces().get(0).outcome());
            }
        }
    }

    /** Peers that always have what they are told of. */
    private static ScriptedTransport mirror() {
        return new ScriptedTransport(request -> {
            Announcement ours = Announcement.parse(request.body());
            return CompletableFuture.completedFuture(
                    Response.ok(new Announcement(ours.policy(), ours.root(), ours.size(), List.of()).bytes()));
        });
    }

    @Test
    void aNodeThatAgreesWithFiftyPeersAsksEachOncePerPeriod() {
        ScriptedTransport mirror = mirror();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T08:00:00Z"));
        AtomicInteger synced = new AtomicInteger();
        FederationNodeBuilder builder = FederationNode.builder()
                .memory(memory("memory"))
                .limits(every(Duration.ofSeconds(30)))
                .transport(mirror)
                .clock(now::get)
                .onEvent(event -> synced.addAndGet(event instanceof FederationEvent.Synced ? 1 : 0));
        for (int i = 1; i <= 50; i++) {
            builder.peer(peer(id(i)));
        }
        FederationNode node = started(builder);
        now.set(now.get().plusSeconds(1));
        for (int period = 1; period <= 4; period++) {
            int expected = 50 * period;
            Resources.await(() -> synced.get() >= expected, () -> synced + " of " + expected + ", " + mirror.counts());
            assertEquals(50, node.status().namespaces().get(0).peers().size()); // nor is anybody asked once more
            for (Map.Entry<PeerId, AtomicInteger> each : mirror.counts().entrySet()) {
                assertEquals(period, each.getValue().get(), each.getKey()::toString);
            }
            now.set(now.get().plusSeconds(38)); // 30 and a quarter more, at most
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAndMayBeTriedAgain() throws Exception {
        ServerSocket taken = opened(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
        FederationNode node = opened(seldom(memory("memory"))
                .listen("127.0.0.1", taken.getLocalPort())
                .build());
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, node::start);
        assertTrue(String.valueOf(refused.getMessage()).contains(":" + taken.getLocalPort()));
        taken.close();
        node.start();
        assertEquals(taken.getLocalPort(), node.address().orElseThrow().getPort());
    }

    @Test
    void aNameThatIsNoneLeavesNothingBound() throws Exception {
        ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        free.close();
        HttpSettings settings =
                HttpSettings.listen("127.0.0.1", free.getLocalPort()).names(Set.of("no name/"));
        FederationNode node = opened(seldom(memory("memory")).http(settings).build());
        assertThrows(IllegalArgumentException.class, node::start);
        new ServerSocket(free.getLocalPort(), 1, InetAddress.getByName("127.0.0.1")).close();
        Resources.awaitNoThreads();
    }

    @Nested
    class Memories {

        private final InMemoryNetwork network = new InMemoryNetwork();

        private FederationNode node(Remembrancer memory, int self, int other) {
            return started(seldom(memory).transport(network.connect(id(self))).peer(peer(id(other))));
        }

        @Test
        void thatTwoNodesShareAreKeptInAgreementByBoth() {
            Remembrancer shared = memory("shared");
            Hash id = shared.record(Discovery.of("a", "b")).id();
            FederationNode one =
                    started(seldom(shared).transport(network.connect(id(1))).peer(peer(id(3))));
            FederationNode two = started(seldom(shared)
                    .transport(network.connect(id(2)))
                    .peer(peer(id(3)))
                    .state(directory.resolve("two")));
            Remembrancer third = memory("third");
            FederationNode other = started(seldom(third)
                    .transport(network.connect(id(3)))
                    .peer(peer(id(1)))
                    .peer(peer(id(2))));
            one.sync(id(3)).orThrow();
            assertTrue(third.receipt(id).isPresent());
            two.sync(id(3)).orThrow();
            assertEquals(root(one), root(two));
            assertEquals(root(one), root(other));
        }

        @Test
        void thatAreClosedBeforeTheirNodeEndExchanges() {
            Remembrancer left = memory("left");
            FederationNode a = node(left, 1, 2);
            Remembrancer right = memory("right");
            FederationNode b = node(right, 2, 1);
            a.sync(id(2)).orThrow();
            left.close();
            var unused = right.record(Discovery.of("a", "b"));
            SyncReports reports = a.sync(id(2));
            assertThrows(IllegalStateException.class, reports::orThrow);
            assertEquals(1, b.status().namespaces().get(0).size());
            a.close();
        }

        @Test
        void thatWereRestoredFromAnOlderCopySayWhatIsToBeDone() throws IOException {
            Path disk = directory.resolve("left");
            Remembrancer right = memory("right");
            FederationNode b = node(right, 2, 1);
            try (Remembrancer left = Remembrancer.open(disk)) {
                var unused = left.record(Discovery.of("first", "1"));
            }
            copy(disk, directory.resolve("copy"));
            Hash later;
            try (Remembrancer left = Remembrancer.open(disk);
                    FederationNode a = seldom(left)
                            .transport(network.connect(id(1)))
                            .peer(peer(id(2)))
                            .build()) {
                a.start();
                later = left.record(Discovery.of("second", "2")).id();
                a.sync(id(2)).orThrow();
            }
            Files.move(disk, directory.resolve("lost"));
            copy(directory.resolve("copy"), disk);
            Remembrancer older = opened(Remembrancer.open(disk));
            FederationNode again = node(older, 1, 2);
            Hash before = root(again);
            SyncReports reports = again.sync(id(2));
            assertEquals(Outcome.FAILED, reports.namespaces().get(0).outcome());
            assertTrue(reports.toString().contains("was restored"), reports::toString);
            assertEquals(before, root(again));
            assertFalse(older.receipt(later).isPresent());
            assertTrue(right.receipt(later).isPresent());
            assertEquals(2, b.status().namespaces().get(0).size());
        }

        private void copy(Path from, Path to) throws IOException {
            try (Stream<Path> files = Files.walk(from)) {
                for (Path each : files.toList()) {
                    Files.copy(each, to.resolve(from.relativize(each).toString()));
                }
            }
        }
    }

    @Test
    void aPeerThatShowsAnotherKeyIsNotThePeer() {
        Remembrancer left = memory("left");
        List<FederationEvent> events = new ArrayList<>();
        FederationNode a = started(seldom(left).listen("127.0.0.1", 0).onEvent(events::add));
        FederationNode b = opened(seldom(memory("right"))
                .listen("127.0.0.1", 0)
                .peer(peer(a.id()))
                .build());
        b.start();
        a.join(Peer.at(b.address().orElseThrow()).identity(b.id()).roles(ALL).namespaces("main"));
        a.sync(b.id()).orThrow();
        int port = b.address().orElseThrow().getPort();
        b.close();
        Remembrancer other = memory("other");
        var unused = other.record(Discovery.of("not", "wanted"));
        FederationNode c = started(seldom(other).listen("127.0.0.1", port).peer(peer(a.id())));
        SyncReports reports = a.sync(b.id());
        assertEquals(Outcome.FAILED, reports.namespaces().get(0).outcome());
        assertTrue(reports.toString().contains("is not " + b.id()), reports::toString);
        assertTrue(c.status().namespaces().get(0).size() == 1
                && a.status().namespaces().get(0).size() == 0);
        assertFalse(events.isEmpty());
    }
}
