package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.wire.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever answers in a peer's place, only what the peer signed for this request is used, and nothing takes forever. */
@Timeout(60)
class HostileServerTest extends AskingFixture {

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
                    "doesn't show that it is did:key:");
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
                    "status 200 is not signed");
            assertTrue(message.contains(HostedNode.id(PEER).did()), message);
        }

        @Test
        void thatRefuseUsAsAStrangerGiveTheirReason() throws Exception {
            String message = fails(
                    (socket, in, out) -> {
                        String unused = ScriptedServer.request(in);
                        out.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 12\r\n\r\nwho are you?"
                                .getBytes(ISO_8859_1));
                    },
                    "its answer of status 401 is not signed, and says: who are you?");
            assertFalse(message.contains("is not " + HostedNode.id(PEER)), message);
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
}
