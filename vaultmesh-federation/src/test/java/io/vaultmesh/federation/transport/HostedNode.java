package io.vaultmesh.federation.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.FederationNode;
import io.vaultmesh.federation.FederationNodeBuilder;
import io.vaultmesh.federation.NodeStatus;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A node with a memory of a few records, which listens on loopback and has peers that only ask. */
final class HostedNode implements AutoCloseable {

    static final Role[] ALL = {Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH};
    private static final int RECORDS = 3;

    /** A peer that may do everything in main. */
    static final Ed25519PrivateKey FRIEND = key(1);

    /** A peer that has no role. */
    static final Ed25519PrivateKey IDLER = key(2);

    /** No peer. */
    static final Ed25519PrivateKey STRANGER = key(3);

    private final Remembrancer memory;
    private final FederationNode node;
    private final BlockingQueue<FederationEvent> events;
    private final NodeStatus.OfNamespace before;

    private HostedNode(Remembrancer memory, FederationNode node, BlockingQueue<FederationEvent> events) {
        this.memory = memory;
        this.node = node;
        this.events = events;
        this.before = main();
    }

    static Ed25519PrivateKey key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Ed25519PrivateKey.ofSeed(bytes);
    }

    static PeerId id(Ed25519PrivateKey key) {
        return PeerId.of(key.publicKey());
    }

    static HttpSettings loopback(Duration timeout) {
        return HttpSettings.listen("127.0.0.1", 0).timeout(timeout);
    }

    /** Has a node started that has a body, too. */
    static HostedNode start(Path directory, HttpSettings http, byte[] body) {
        Remembrancer memory = Remembrancer.open(directory);
        var unused = memory.record(Discovery.of("a body", Body.bytes(body, "application/octet-stream", "bin")));
        return start(memory, http, each -> each);
    }

    /** Has a node started. */
    static HostedNode start(Path directory, HttpSettings http, UnaryOperator<FederationNodeBuilder> more) {
        return start(Remembrancer.open(directory), http, more);
    }

    private static HostedNode start(Remembrancer memory, HttpSettings http, UnaryOperator<FederationNodeBuilder> more) {
        for (int i = 0; i < RECORDS; i++) {
            var unused = memory.record(Discovery.of("title " + i, "report " + i));
        }
        BlockingQueue<FederationEvent> events = new LinkedBlockingQueue<>();
        FederationNode node = more.apply(FederationNode.builder())
                .memory(memory)
                .http(http)
                .peer(Peer.of(id(FRIEND)).roles(ALL).namespaces("main"))
                .peer(Peer.of(id(IDLER)).namespaces("main"))
                .onEvent(events::add)
                .build();
        node.start();
        return new HostedNode(memory, node, events);
    }

    FederationNode node() {
        return node;
    }

    int port() {
        return node.address().orElseThrow().getPort();
    }

    String authority() {
        return "127.0.0.1:" + port();
    }

    NodeStatus.OfNamespace main() {
        return node.status().namespaces().get(0);
    }

    /** A request of a peer. */
    Letter letter(Ed25519PrivateKey by, String method, String path, byte[] body) {
        return Letter.of(by, authority(), method, path, body);
    }

    Letter checkpoint(Ed25519PrivateKey by) {
        return letter(by, "GET", "/fed/v1/main/checkpoint", new byte[0]);
    }

    void forgetEvents() {
        events.clear();
    }

    /** The operator is told of such a refusal. */
    FederationEvent.Rejected rejected(String reason) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        StringBuilder others = new StringBuilder();
        while (true) {
            FederationEvent event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertNotNull(event, "no event says " + reason + ", only " + others);
            if (event instanceof FederationEvent.Rejected rejected
                    && rejected.reason().equals(reason)) {
                return rejected;
            }
            others.append(event + "; ");
        }
    }

    void hasNothingNew() {
        assertEquals(before.root(), main().root());
        assertEquals(before.size(), main().size());
    }

    @Override
    public void close() {
        node.close();
        memory.close();
    }
}
