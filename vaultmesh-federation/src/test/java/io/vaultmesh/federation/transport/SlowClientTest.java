package io.vaultmesh.federation.transport;

import static io.vaultmesh.federation.transport.HostedNode.FRIEND;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.federation.transport.RawClient.Reply;
import io.vaultmesh.federation.wire.BodyRange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who sends or reads slowly is cut off, and others are served meanwhile. */
@Timeout(60)
class SlowClientTest {

    private static final Duration TIMEOUT = Duration.ofMillis(400);
    private static final Duration SOON = Duration.ofSeconds(3); // a busy machine may need that
    private static final byte[] LARGE = new byte[BodyRange.MOST];
    private static final int MANY = 200;

    @TempDir
    static Path directory;

    private static HostedNode node;
    private long sockets;

    @BeforeAll
    static void start() {
        node = HostedNode.start(directory.resolve("memory"), HostedNode.loopback(TIMEOUT), LARGE);
    }

    @AfterAll
    static void stop() {
        node.close();
        Resources.awaitNoThreads();
    }

    @BeforeEach
    void count() {
        node.forgetEvents();
        sockets = Resources.sockets();
    }

    @AfterEach
    void nothingIsLeft() {
        Resources.await(() -> Resources.sockets() <= sockets, () -> Resources.sockets() + " sockets, not " + sockets);
        node.hasNothingNew();
    }

    private static void friendIsServed() throws IOException {
        Reply reply = RawClient.ask(node.port(), node.checkpoint(FRIEND));
        assertEquals(200, reply.status(), reply::text);
    }

    private static void isCut(RawClient client) throws IOException {
        Duration time = client.untilClosed();
        assertTrue(time.compareTo(SOON) < 0, "closed only after " + time);
    }

    @Test
    void headThatDoesNotEnd() throws IOException {
        try (RawClient client = RawClient.to(node.port())) {
            isCut(client.send("GET /fed/v1/main/checkpoint HTTP/1.1\r\nHost: "));
        }
    }

    @Test
    void headByteByByte() throws IOException {
        long begin = System.nanoTime();
        byte[] head = node.checkpoint(FRIEND).bytes();
        try (RawClient client = RawClient.to(node.port())) {
            assertThrows(IOException.class, () -> drip(client, head));
        }
        assertTrue(System.nanoTime() - begin < SOON.toNanos());
    }

    /** Sends a byte now and then. */
    private static void drip(RawClient client, byte[] bytes) throws IOException {
        for (byte each : bytes) {
            client.send(new byte[] {each});
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void endlessHead() throws IOException {
        byte[] field = ("X-More: " + "a".repeat(4000) + "\r\n").getBytes(ISO_8859_1);
        try (RawClient client = RawClient.to(node.port())) {
            client.send("GET /fed/v1/main/checkpoint HTTP/1.1\r\n");
            assertThrows(IOException.class, () -> {
                while (true) {
                    client.send(field);
                }
            });
        }
    }

    @Test
    void bodyThatDoesNotCome() throws Exception {
        byte[] body = new byte[1000];
        try (RawClient client = RawClient.to(node.port())) {
            isCut(client.send(
                    node.letter(FRIEND, "POST", "/fed/v1/main/push", body).head()));
        }
        assertEquals(Optional.of(HostedNode.id(FRIEND)), node.rejected("CUT").from());
    }

    @Test
    void bodyByteByByte() throws Exception {
        byte[] body = new byte[1000];
        try (RawClient client = RawClient.to(node.port())) {
            client.send(node.letter(FRIEND, "POST", "/fed/v1/main/push", body).head());
            assertThrows(IOException.class, () -> drip(client, body));
        }
        assertEquals(Optional.of(HostedNode.id(FRIEND)), node.rejected("CUT").from());
    }

    @Test
    void bodyThatStopsHalfWay() throws Exception {
        try (RawClient client = RawClient.to(node.port())) {
            client.send(node.letter(FRIEND, "POST", "/fed/v1/main/push", new byte[1000])
                    .head());
            isCut(client.send(new byte[500]).end());
        }
        assertEquals(Optional.of(HostedNode.id(FRIEND)), node.rejected("CUT").from());
    }

    @Test
    void strangerWhoPromisesAGigabyteIsAnsweredAndCut() throws Exception {
        try (RawClient client = RawClient.to(node.port())) {
            client.send("POST /fed/v1/main/push HTTP/1.1\r\nHost: " + node.authority()
                    + "\r\nContent-Length: 1073741824\r\n\r\n");
            assertEquals(401, client.reply().status());
            isCut(client);
        }
        assertTrue(node.rejected("UNSIGNED").from().isEmpty());
    }

    @Test
    void readerWhoDoesNotRead() throws Exception {
        Hash digest = Hashing.sha256(LARGE);
        byte[] range = new BodyRange(digest, LARGE.length, 0, LARGE.length).bytes();
        try (RawClient client = RawClient.to(node.port(), 4096)) {
            for (int i = 0; i < 10; i++) { // what one answer has may all be under way
                client.send(
                        node.letter(FRIEND, "POST", "/fed/v1/main/body", range).bytes());
            }
            assertEquals(
                    Optional.of(HostedNode.id(FRIEND)), node.rejected("CUT").from());
            friendIsServed();
        }
        Reply whole = RawClient.ask(node.port(), node.letter(FRIEND, "POST", "/fed/v1/main/body", range));
        assertEquals(200, whole.status());
        assertEquals(LARGE.length, whole.text().length());
    }

    @Test
    void garbageBehindARequestIsNotOne() throws IOException {
        try (RawClient client = RawClient.to(node.port())) {
            client.send(node.checkpoint(FRIEND).bytes()).send("garbage\r\n\r\nmore\r\n\r\n");
            assertEquals(200, client.reply().status());
            assertEquals(400, client.reply().status());
            isCut(client);
        }
    }

    @Test
    void manyWhoSendNothing() throws IOException {
        try (Clients silent = new Clients("")) {
            assertEquals(MANY, silent.size());
            friendIsServed();
        }
    }

    @Test
    void manyWhoSendABit() throws IOException {
        try (Clients slow = new Clients("G")) {
            long begin = System.nanoTime();
            friendIsServed();
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            assertEquals(MANY, slow.size());
            assertTrue(time.compareTo(SOON.plus(SOON)) < 0, "served only after " + time);
        }
    }

    /** Many connections. */
    private static final class Clients implements AutoCloseable {

        private final List<RawClient> open = new ArrayList<>();

        Clients(String begin) throws IOException {
            for (int i = 0; i < MANY; i++) {
                open.add(RawClient.to(node.port()).send(begin));
            }
        }

        int size() {
            return open.size();
        }

        @Override
        public void close() throws IOException {
            for (RawClient each : open) {
                each.close();
            }
        }
    }
}
