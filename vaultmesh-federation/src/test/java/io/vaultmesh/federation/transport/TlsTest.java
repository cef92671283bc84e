package io.vaultmesh.federation.transport;

import static io.vaultmesh.federation.transport.HostedNode.FRIEND;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS between nodes, with certificates that OpenSSL made. */
@Timeout(60)
class TlsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(6);

    @TempDir
    static Path directory;

    private static SSLContext served; // has a certificate for 127.0.0.1, and trusts its authority
    private static SSLContext bare; // trusts the authority, and has no certificate
    private static SSLContext misnamed; // has a certificate of the same authority for another name
    private static SSLContext foreign; // has and trusts what another authority gave
    private static HostedNode mutual;

    @BeforeAll
    static void start() throws Exception {
        Certificates authority = Certificates.of(OutsideProgram.require("openssl"), directory, "one");
        served = authority.context("node", "IP:127.0.0.1,DNS:localhost");
        misnamed = authority.context("other", "DNS:other.example");
        bare = authority.trusting();
        foreign = Certificates.of(OutsideProgram.require("openssl"), directory, "two")
                .context("node", "IP:127.0.0.1");
        mutual = HostedNode.start(
                directory.resolve("memory"),
                HostedNode.loopback(TIMEOUT).tls(served).mutualTls(),
                each -> each);
    }

    @AfterAll
    static void stop() {
        if (mutual != null) {
            mutual.close();
        }
    }

    private static Response ask(SSLContext by, URI address, PeerId peer, Request request) throws Exception {
        InstantSource clock = InstantSource.system();
        HttpSettings settings = HostedNode.loopback(TIMEOUT).tls(by);
        try (HttpTransport transport = HttpTransport.of(settings, FRIEND, new Guard(Quota.DEFAULT, 1, clock), clock)) {
            return transport.ask(Peer.at(address).identity(peer), request).get(30, TimeUnit.SECONDS);
        }
    }

    private static Response ask(SSLContext by, HostedNode node) throws Exception {
        return ask(by, node.node().address().orElseThrow(), node.node().id(), request(Operation.CHECKPOINT, 0));
    }

    private static Request request(Operation operation, int bytes) {
        return Request.of(operation, NamespaceName.MAIN, new byte[bytes]);
    }

    private static String fails(SSLContext by, URI address, PeerId peer, int bytes) {
        long begin = System.nanoTime();
        Throwable failure = assertThrows(ExecutionException.class, () -> {
                    Response unused = ask(by, address, peer, request(Operation.PUSH, bytes));
                })
                .getCause();
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(time.compareTo(SOON) < 0, "only after " + time);
        return failure.toString();
    }

    private static String fails(SSLContext by, HostedNode node) {
        return fails(by, node.node().address().orElseThrow(), node.node().id(), 0);
    }

    @Test
    void peersWithCertificatesOfOneAuthorityUnderstandEachOther() throws Exception {
        assertEquals("https", mutual.node().address().orElseThrow().getScheme());
        assertEquals(200, ask(served, mutual).status());
    }

    @Test
    void whoHasNoCertificateIsNotHeard() {
        String message = fails(bare, mutual); // what it says depends on whether the alert or the end comes first
        assertTrue(message.contains("Exception"), message);
        mutual.hasNothingNew();
    }

    @Test
    void whoHasACertificateOfSomebodyElseIsNotHeardAndDoesNotTrust() {
        String message = fails(foreign, mutual);
        assertTrue(message.contains("PKIX") || message.contains("certificate"), message);
    }

    @Test
    void aServerWithoutMutualTlsHearsWhoHasNoCertificate() throws Exception {
        try (HostedNode node = HostedNode.start(
                directory.resolve("open"), HostedNode.loopback(TIMEOUT).tls(served), each -> each)) {
            assertEquals(200, ask(bare, node).status());
        }
    }

    @Test
    void aServerOfAnotherNameIsNotAsked() throws Exception {
        try (HostedNode node = HostedNode.start(
                directory.resolve("misnamed"), HostedNode.loopback(TIMEOUT).tls(misnamed), each -> each)) {
            String message = fails(bare, node);
            assertTrue(message.contains("127.0.0.1") && message.contains("ubject alternative"), message);
            node.hasNothingNew();
        }
    }

    @Test
    void plainHttpIsNotAnsweredByATlsPort() throws Exception {
        try (RawClient client = RawClient.to(mutual.port())) {
            client.send(mutual.checkpoint(FRIEND).bytes());
            assertThrows(IOException.class, client::reply);
            assertTrue(client.untilClosed().compareTo(SOON) < 0);
        }
        assertEquals(200, ask(served, mutual).status());
    }

    @Test
    void tlsIsNotSpokenWithAPlainPort() throws Exception {
        try (ScriptedServer plain = ScriptedServer.answering("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1))) {
            String message = fails(served, URI.create("https://127.0.0.1:" + plain.port()), HostedNode.id(FRIEND), 0);
            assertTrue(message.contains("SSL") || message.contains("no whole answer"), message);
        }
    }

    @Test
    void aHandshakeThatDoesNotEndIsCutOffOnBothSides() throws Exception {
        try (RawClient client = RawClient.to(mutual.port())) {
            assertTrue(client.send("\u0016\u0003\u0001").untilClosed().compareTo(SOON) < 0);
        }
        try (ScriptedServer silent =
                ScriptedServer.of((socket, in, out) -> in.transferTo(java.io.OutputStream.nullOutputStream()))) {
            String message = fails(served, URI.create("https://127.0.0.1:" + silent.port()), HostedNode.id(FRIEND), 0);
            assertTrue(message.contains("no whole answer within"), message);
        }
    }

    /** TLS says farewell when it is closed, and would wait for whoever is being written to and doesn't read. */
    @Test
    void aServerThatDoesNotReadDoesNotKeepTheOthersWaiting() throws Exception {
        ServerSocket listening =
                served.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        listening.setReceiveBufferSize(4096);
        CompletableFuture<Void> done = new CompletableFuture<>();
        try (ScriptedServer deaf = ScriptedServer.of(listening, (socket, in, out) -> {
            ((SSLSocket) socket).startHandshake();
            done.join();
        })) {
            InstantSource clock = InstantSource.system();
            HttpSettings settings = HostedNode.loopback(TIMEOUT).tls(served);
            try (HttpTransport transport =
                    HttpTransport.of(settings, FRIEND, new Guard(Quota.DEFAULT, 1, clock), clock)) {
                Peer peer = Peer.at("https://127.0.0.1:" + deaf.port()).identity(HostedNode.id(FRIEND));
                long begin = System.nanoTime();
                for (int i = 0; i < 3; i++) {
                    CompletableFuture<Response> stuck = transport.ask(peer, request(Operation.PUSH, 8 << 20));
                    CompletableFuture<Response> other = transport.ask(
                            Peer.at(mutual.node().address().orElseThrow())
                                    .identity(mutual.node().id()),
                            request(Operation.CHECKPOINT, 0));
                    assertEquals(200, other.get(30, TimeUnit.SECONDS).status());
                    assertThrows(ExecutionException.class, () -> stuck.get(30, TimeUnit.SECONDS));
                }
                assertTrue(System.nanoTime() - begin < 3 * SOON.toNanos());
            } finally {
                done.complete(null);
            }
        }
    }
}
