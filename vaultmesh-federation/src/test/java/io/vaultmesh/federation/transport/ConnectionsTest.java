package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which connections are made, kept and closed: what was checked is what is connected to. */
@Timeout(60)
class ConnectionsTest extends AskingFixture {

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
            int port = full("0.0.0.0", 0, "127.0.0.1");
            String message = fails(transport(host -> addresses(silent)), URI.create("http://localhost:" + port));
            assertTrue(message.contains("no whole answer within 500 ms") || message.contains("can't connect"), message);
        }

        @Test
        void ofWhichOneAddressIsSilentAreReachedByTheOther() throws Exception {
            ScriptedServer server = opened(ScriptedServer.of((socket, in, out) -> serve(in, out)));
            int port = full("127.0.0.2", server.port(), "127.0.0.2");
            assertEquals(server.port(), port);
            HttpTransport transport = transport(Duration.ofSeconds(4), host -> addresses("127.0.0.2", "127.0.0.1"));
            assertEquals("yes", ask(transport, server.at("localhost")).text());
        }

        /** A port whose connections wait for nobody, with so many waiting that no more are let in. */
        private int full(String at, int port, String filled) throws IOException {
            ServerSocket full = opened(new ServerSocket(port, 1, InetAddress.getByName(at)));
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = opened(SocketChannel.open());
                channel.configureBlocking(false);
                boolean unused = channel.connect(new InetSocketAddress(filled, full.getLocalPort()));
            }
            return full.getLocalPort();
        }
    }
}
