package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.signature.MessageSigner;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever answers in a peer's place, only what the peer signed for this request is used, and nothing takes forever. */
@Timeout(60)
class HostileServerTest {

    private static final Ed25519PrivateKey US = HostedNode.key(1);
    private static final Ed25519PrivateKey PEER = HostedNode.key(2);
    private static final Ed25519PrivateKey OTHER = HostedNode.key(3);
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(4); // a busy machine may need that
    private static final Request CHECKPOINT = Request.of(Operation.CHECKPOINT, NamespaceName.MAIN, new byte[0]);

    private final List<AutoCloseable> open = new ArrayList<>();
    private long sockets;

    @BeforeEach
    void count() {
        sockets = Resources.sockets();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        Resources.await(() -> Resources.sockets() <= sockets, () -> Resources.sockets() + " sockets, not " + sockets);
        Resources.await(
                () -> Resources.threads().isEmpty(), () -> Resources.threads().toString());
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private HttpTransport transport(Addresses.Resolver resolver) {
        return transport(TIMEOUT, resolver);
    }

    private HttpTransport transport(Duration timeout, Addresses.Resolver resolver) {
        InstantSource clock = InstantSource.system();
        HttpSettings settings = HttpSettings.listen("127.0.0.1", 0).timeout(timeout);
        return opened(HttpTransport.of(settings, US, new Guard(Quota.DEFAULT, 1, clock), clock, resolver));
    }

    private HttpTransport transport() {
        return transport(InetAddress::getAllByName);
    }

    private static Peer peer(URI address) {
        return Peer.at(address).identity(HostedNode.id(PEER));
    }

    private static Response ask(HttpTransport transport, URI address) throws Exception {
        return transport.ask(peer(address), CHECKPOINT).get(30, TimeUnit.SECONDS);
    }

    /** Asks in vain; says why. */
    private static String fails(HttpTransport transport, URI address) {
        long begin = System.nanoTime();
        Throwable failure = assertThrows(ExecutionException.class, () -> {
                    Response unused = ask(transport, address);
                })
                .getCause();
        assertTrue(failure instanceof IOException, failure::toString);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(time.compareTo(SOON) < 0, "only after " + time);
        return String.valueOf(failure.getMessage());
    }

    @CanIgnoreReturnValue
    private String fails(ScriptedServer.Script script, String why) throws IOException {
        String message = fails(transport(), opened(ScriptedServer.of(script)).at());
        assertTrue(message.contains(why), message);
        return message;
    }

    private static byte[] answer(
            Ed25519PrivateKey by, String toSignature, int signed, int sent, byte[] body, String... more) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + sent + " X\r\nContent-Length: " + body.length + "\r\n");
        MessageSigner.of(by, InstantSource.system(), new SecureRandom())
                .response(signed, "text/plain", body, toSignature)
                .byName()
                .forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        for (String line : more) {
            head.append(line + "\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + "\r\n").getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static String signature(String request) {
        return ScriptedServer.field(request, "Signature");
    }

    /** Answers each request as the peer does. */
    private static void serve(java.io.InputStream in, OutputStream out, String... more) throws IOException {
        for (String request = ScriptedServer.request(in); !request.isEmpty(); request = ScriptedServer.request(in)) {
            out.write(answer(PEER, signature(request), 200, 200, "yes".getBytes(UTF_8), more));
        }
    }

    @Nested
    class Answers {

        @Test
        void ofThePeerAreUsedAndTheConnectionIsKept() throws Exception {
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) -> serve(in, out)));
            HttpTransport transport = transport();
            for (int i = 0; i < 3; i++) {
                Response response = ask(transport, server.at());
                assertEquals("yes", response.text());
                assertEquals(Duration.ZERO, response.retryAfter());
            }
            assertEquals(1, server.connections());
        }

        @Test
        void whichWantAPauseAreBelievedUpToAnHour() throws Exception {
            for (String wait : List.of("7", "999999")) {
                ScriptedServer server =
                        opened(ScriptedServer.of((socket, in, out) -> serve(in, out, "Retry-After: " + wait)));
                Duration expected = wait.equals("7") ? Duration.ofSeconds(7) : Duration.ofHours(1);
                assertEquals(expected, ask(transport(), server.at()).retryAfter());
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void thatRedirectAreNotFollowed(int status) throws Exception {
            ScriptedServer elsewhere = opened(ScriptedServer.of((socket, in, out) -> serve(in, out)));
            String location = "Location: " + elsewhere.at() + "/fed/v1/main/checkpoint";
            fails(
                    (socket, in, out) -> {
                        String unused = ScriptedServer.request(in);
                        out.write(("HTTP/1.1 " + status + " Moved\r\n" + location + "\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(ISO_8859_1));
                    },
                    "is not did:key:");
            ScriptedServer signing = opened(ScriptedServer.of((socket, in, out) -> out.write(
                    answer(PEER, signature(ScriptedServer.request(in)), status, status, new byte[0], location))));
            assertEquals(status, ask(transport(), signing.at()).status());
            assertEquals(0, elsewhere.connections());
        }

        @Test
        void thatAreUnsignedAreNotUsed() throws Exception {
            String message = fails(
                    (socket, in, out) -> {
                        String unused = ScriptedServer.request(in);
                        out.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes".getBytes(ISO_8859_1));
                    },
                    "no field Signature-Input");
            assertTrue(message.contains(HostedNode.id(PEER).did()), message);
        }

        @Test
        void byAnotherKeyAreNotUsed() throws Exception {
            fails(
                    (socket, in, out) -> out.write(
                            answer(OTHER, signature(ScriptedServer.request(in)), 200, 200, "yes".getBytes(UTF_8))),
                    "expected the key of the peer that was asked");
        }

        @Test
        void toAnotherRequestAreNotUsed() throws Exception {
            StringBuilder first = new StringBuilder();
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) -> {
                String request = ScriptedServer.request(in);
                if (first.isEmpty()) {
                    first.append(signature(request));
                }
                out.write(answer(PEER, first.toString(), 200, 200, "yes".getBytes(UTF_8)));
            }));
            HttpTransport transport = transport();
            assertEquals(200, ask(transport, server.at()).status());
            String message = fails(transport, server.at());
            assertTrue(message.contains("doesn't fit"), message);
        }

        @Test
        void ofAnotherStatusAreNotUsed() throws Exception {
            fails(
                    (socket, in, out) -> out.write(
                            answer(PEER, signature(ScriptedServer.request(in)), 200, 429, "yes".getBytes(UTF_8))),
                    "doesn't fit");
        }

        @Test
        void withAnotherBodyAreNotUsed() throws Exception {
            fails(
                    (socket, in, out) -> {
                        byte[] whole =
                                answer(PEER, signature(ScriptedServer.request(in)), 200, 200, "yes".getBytes(UTF_8));
                        whole[whole.length - 1]++;
                        out.write(whole);
                    },
                    "another SHA-256");
        }
    }

    @Nested
    class Bytes {

        private void fail(String answer, String why) throws IOException {
            fails(
                    (socket, in, out) -> {
                        String unused = ScriptedServer.request(in);
                        out.write(answer.getBytes(ISO_8859_1));
                    },
                    why);
        }

        @Test
        void thatAreTooMany() throws IOException {
            fail("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n", "has 1048577 bytes, expected at most 1048576");
            fail("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "expected one length or chunks");
            fail("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", "expected at most 1048576");
        }

        @Test
        void thatAreNoAnswer() throws IOException {
            fail("SSH-2.0-OpenSSH\r\n\r\n", "doesn't begin as one of HTTP/1.1");
            fail("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "doesn't begin as one of HTTP/1.1");
            fail("HTTP/1.1 200 OK\nContent-Length: 0\n\n", "doesn't end with CR LF");
            fail("HTTP/1.1 200 OK\r\nno field\r\n\r\n", "a header field that is none");
            fail("HTTP/1.1 200 OK\r\n Content-Length: 0\r\n\r\n", "a header field that is none");
            fail("HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n", "a header field that is none");
            fail("HTTP/1.1 200 OK\r\nA: a\u0000b\r\n\r\n", "a header field that is none");
            fail("HTTP/1.1 200 OK\r\n\r\n", "expected one length or chunks");
            fail("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", "expected one length or chunks");
            fail("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "expected one length or chunks");
            fail("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n", "expected one length");
            fail("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "a chunk without a size");
            fail("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", "another size than it says");
            fail("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "expected one length");
        }

        @Test
        void thatEndHalfWay() throws IOException {
            fail("", "closed the connection without an answer");
            fail("HTTP/1.1 200 OK\r\nContent-", "ends in its head");
            fail("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "ends after 3 of 10 bytes");
            fail("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "ends after 3 of 5 bytes");
        }

        private void endless(String begin, String more, String why) throws IOException {
            byte[] many = more.repeat(100).getBytes(ISO_8859_1);
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) -> {
                String unused = ScriptedServer.request(in);
                out.write(begin.getBytes(ISO_8859_1));
                while (true) {
                    out.write(many);
                }
            }));
            String message = fails(transport(Duration.ofSeconds(30), InetAddress::getAllByName), server.at());
            assertTrue(message.contains(why), message);
        }

        @Test
        void withoutEnd() throws IOException {
            endless("HTTP/1.1 200 OK\r\n", "A: b\r\n", "head has more than 32768 bytes");
            endless("HTTP/1.1 200 OK\r\n", "a", "head has more than 32768 bytes");
            String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            endless(chunked, "1\r\na\r\n", "more than 32768 bytes");
            endless(chunked, "1000\r\n" + "a".repeat(0x1000) + "\r\n", "expected at most");
            endless(chunked + "0\r\n", "A: b\r\n", "more than 32768 bytes");
        }

        @Test
        void thatComeSlowly() throws IOException {
            for (String begin : List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")) {
                fails(
                        (socket, in, out) -> {
                            String unused = ScriptedServer.request(in);
                            out.write(begin.getBytes(ISO_8859_1));
                            while (true) {
                                out.write('H');
                                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                            }
                        },
                        "no whole answer within 500 ms");
            }
        }

        @Test
        void thatNeverCome() throws IOException {
            fails((socket, in, out) -> in.transferTo(OutputStream.nullOutputStream()), "no whole answer within 500 ms");
        }

        /** Space that is looked at again and again, once for each of its characters, is looked at a billion times. */
        @Test
        void thatAreAllSpaceAreReadOnce() throws IOException {
            String space = " ".repeat(32_000);
            long begin = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                fail("HTTP/1.1 200 OK\r\nA: b" + space + "c\r\n\r\n", "expected one length or chunks");
                fail("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1" + space + "x\r\n", "without a size");
            }
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            assertTrue(time.compareTo(Duration.ofSeconds(2)) < 0, time::toString);
        }
    }

    @Nested
    class Connections {

        @Test
        void thatWereClosedMeanwhileAreMadeAnew() throws Exception {
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) ->
                    out.write(answer(PEER, signature(ScriptedServer.request(in)), 200, 200, "yes".getBytes(UTF_8)))));
            HttpTransport transport = transport();
            for (int i = 1; i <= 3; i++) {
                assertEquals("yes", ask(transport, server.at()).text());
                assertEquals(i, server.connections());
            }
        }

        @Test
        void areNotKeptIfTheServerSaysSo() throws Exception {
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) -> serve(in, out, "Connection: close")));
            HttpTransport transport = transport();
            assertEquals("yes", ask(transport, server.at()).text());
            assertEquals("yes", ask(transport, server.at()).text());
            assertEquals(2, server.connections());
        }

        @Test
        void overWhichTooMuchCameAreNotKept() throws Exception {
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) -> {
                for (String each = ScriptedServer.request(in); !each.isEmpty(); each = ScriptedServer.request(in)) {
                    byte[] one = answer(PEER, signature(each), 200, 200, "yes".getBytes(UTF_8));
                    out.write((new String(one, ISO_8859_1) + new String(one, ISO_8859_1)).getBytes(ISO_8859_1));
                }
            }));
            HttpTransport transport = transport();
            assertEquals("yes", ask(transport, server.at()).text());
            assertEquals("yes", ask(transport, server.at()).text());
            assertEquals(2, server.connections());
        }
    }

    @Nested
    class Names {

        private InetAddress[] addresses(String... literals) throws UnknownHostException {
            InetAddress[] all = new InetAddress[literals.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(literals[i]);
            }
            return all;
        }

        @Test
        void areLookedUpOnceForAConnection() throws Exception {
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) -> serve(in, out)));
            AtomicInteger lookups = new AtomicInteger();
            HttpTransport transport =
                    transport(host -> addresses(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254"));
            assertEquals("yes", ask(transport, server.at("localhost")).text());
            assertEquals(1, lookups.get());
        }

        @Test
        void ofPeersElsewhereDoNotStandForThisMachine() throws Exception {
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) -> serve(in, out)));
            for (String inward : List.of("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "169.254.169.254")) {
                String message = fails(transport(host -> addresses(inward)), server.at("peer.example"));
                assertTrue(message.contains("stands for no address that may be asked"), message);
            }
            assertEquals(0, server.connections());
        }

        @Test
        void withManyAddressesTakeNoLongerThanWithOne() throws Exception {
            String[] silent = new String[50];
            for (int i = 0; i < silent.length; i++) {
                silent[i] = "127.0.0." + (i + 2);
            }
            java.net.ServerSocket full = opened(new java.net.ServerSocket(0, 1, InetAddress.getByName("0.0.0.0")));
            List<java.net.Socket> filling = new ArrayList<>();
            for (int i = 0; i < 8; i++) { // nobody accepts, so that later ones wait
                java.net.Socket socket = opened(new java.net.Socket());
                filling.add(socket);
                java.util.concurrent.CompletableFuture<Void> unused =
                        java.util.concurrent.CompletableFuture.runAsync(() -> connect(socket, full.getLocalPort()));
            }
            assertEquals(8, filling.size());
            String message =
                    fails(transport(host -> addresses(silent)), URI.create("http://localhost:" + full.getLocalPort()));
            assertTrue(message.contains("no whole answer within 500 ms"), message);
        }

        private void connect(java.net.Socket socket, int port) {
            try {
                socket.connect(new java.net.InetSocketAddress("127.0.0.1", port), 2000);
            } catch (IOException e) {
                assertTrue(socket.isClosed() || !socket.isConnected());
            }
        }
    }
}
