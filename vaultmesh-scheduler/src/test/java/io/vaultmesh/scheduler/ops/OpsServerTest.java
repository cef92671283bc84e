package io.vaultmesh.scheduler.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpsServerTest {

    private final Snapshots snapshots = new Snapshots();

    private OpsServer open() {
        return OpsServer.of(snapshots::build).metrics(() -> "page 1\n").open();
    }

    /** What a server answers, as it stands on the wire. */
    private record Reply(String head, String body) {

        int status() {
            return Integer.parseInt(head.split(" ")[1]);
        }

        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst();
        }
    }

    private static Reply ask(OpsServer server, String method, String target) throws IOException {
        try (Socket socket = connect(server)) {
            write(socket, method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            return new Reply(text.substring(0, end), text.substring(end + 4));
        }
    }

    private static Socket connect(OpsServer server) throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void assertReply(int status, String body, Reply reply) {
        assertEquals(status, reply.status(), reply.toString());
        assertEquals(body, reply.body());
        assertEquals(Optional.of("no-store"), reply.header("Cache-Control"));
    }

    @Nested
    class Answers {

        @Test
        void ofAHealthyScheduler() throws IOException {
            try (OpsServer server = open()) {
                assertReply(200, "live\n", ask(server, "GET", "/livez"));
                assertReply(200, "ready\n", ask(server, "GET", "/readyz"));
                Reply health = ask(server, "GET", "/health");
                assertEquals(200, health.status());
                assertEquals(Optional.of("application/json"), health.header("Content-Type"));
                assertTrue(health.body().contains("\"status\":\"healthy\""), health.body());
                Reply metrics = ask(server, "GET", "/metrics?name=any");
                assertReply(200, "page 1\n", metrics);
                assertEquals(Optional.of("text/plain; version=0.0.4; charset=utf-8"), metrics.header("Content-Type"));
            }
        }

        @Test
        void aDegradedSchedulerIsLiveAndReadyWith200() throws IOException {
            snapshots.circuits.put("btc:mainnet", Circuit.OPEN);
            snapshots.lanes.put(Snapshots.CHAIN, Snapshots.pending(Duration.ofDays(3)));
            try (OpsServer server = open()) {
                Reply health = ask(server, "GET", "/health");
                assertEquals(200, health.status());
                assertTrue(health.body().contains("\"status\":\"degraded\""), health.body());
                assertEquals(200, ask(server, "GET", "/livez").status());
                assertEquals(200, ask(server, "GET", "/readyz").status());
            }
        }

        @Test
        void anUnhealthySchedulerWith503() throws IOException {
            snapshots.journalRefused = true;
            try (OpsServer server = open()) {
                assertEquals(503, ask(server, "GET", "/health").status());
                assertReply(200, "live\n", ask(server, "GET", "/livez"));
                assertReply(503, "not ready\n", ask(server, "GET", "/readyz"));
                snapshots.closed = true;
                assertReply(503, "not live\n", ask(server, "GET", "/livez"));
            }
        }

        @Test
        void byTheRulesThatAreSet() throws IOException {
            try (OpsServer server = OpsServer.of(snapshots::build)
                    .rules(HealthRules.DEFAULT.tickWithin(Duration.ofMillis(999)))
                    .open()) {
                assertEquals(503, ask(server, "GET", "/livez").status());
            }
        }

        @Test
        void headHasTheHeadOfGetAndNoBody() throws IOException {
            try (OpsServer server = open()) {
                for (String path : List.of("/livez", "/readyz", "/health", "/metrics", "/other")) {
                    Reply get = ask(server, "GET", path);
                    Reply head = ask(server, "HEAD", path);
                    assertEquals("", head.body());
                    assertEquals(get.status(), head.status());
                    assertEquals(get.header("Content-Type"), head.header("Content-Type"));
                    assertEquals(
                            Optional.of(Integer.toString(get.body().length())), head.header("Content-Length"), path);
                }
            }
        }
    }

    @Nested
    class Refusals {

        @Test
        void otherMethods() throws IOException {
            try (OpsServer server = open()) {
                for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "ANY")) {
                    Reply reply = ask(server, method, "/health");
                    assertReply(405, "only GET and HEAD are answered\n", reply);
                    assertEquals(Optional.of("GET, HEAD"), reply.header("Allow"));
                }
            }
        }

        @Test
        void otherPaths() throws IOException {
            try (OpsServer server = open()) {
                for (String path :
                        List.of("/", "/health/", "/health/x", "/healthz", "/%68ealth", "/../health", "/a%0d%0ab")) {
                    assertReply(404, "not found\n", ask(server, "GET", path));
                }
            }
        }

        @Test
        void metricsWhereThereAreNone() throws IOException {
            try (OpsServer server = OpsServer.of(snapshots::build).open()) {
                assertReply(404, "not found\n", ask(server, "GET", "/metrics"));
            }
        }

        @Test
        void failuresAreNotExplainedToStrangers() throws IOException {
            Supplier<SchedulerSnapshot> failing = () -> {
                throw new UncheckedIOException(new IOException("can't read /secret/path"));
            };
            try (OpsServer server = OpsServer.of(failing)
                    .metrics(() -> {
                        throw new IllegalStateException("/secret/path");
                    })
                    .open()) {
                for (String path : List.of("/livez", "/readyz", "/health", "/metrics")) {
                    assertReply(500, "this can't be said now; the log says why\n", ask(server, "GET", path));
                }
            }
        }
    }

    @Nested
    class Listening {

        @Test
        void isOnLoopbackUnlessItIsSet() {
            try (OpsServer server = open();
                    OpsServer other = OpsServer.of(snapshots::build).port(0).open()) {
                assertTrue(server.address().getAddress().isLoopbackAddress(), server.address()::toString);
                assertTrue(other.address().getAddress().isLoopbackAddress(), other.address()::toString);
                assertFalse(server.address().getPort() == other.address().getPort());
                assertThrows(
                        UncheckedIOException.class,
                        () -> OpsServer.of(snapshots::build)
                                .port(server.address().getPort())
                                .open());
            }
        }

        @Test
        void eachOptionIsSetOnceAndMakesSense() {
            OpsServerBuilder builder = OpsServer.of(snapshots::build);
            assertThrows(IllegalArgumentException.class, () -> builder.port(70_000));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.listen(InetSocketAddress.createUnresolved("nowhere.invalid", 0)));
            builder.port(0).rules(HealthRules.DEFAULT).metrics(() -> "");
            assertThrows(IllegalStateException.class, () -> builder.port(0));
            assertThrows(IllegalStateException.class, () -> builder.rules(HealthRules.DEFAULT));
            assertThrows(IllegalStateException.class, () -> builder.metrics(() -> ""));
        }

        @Test
        void whoSaysNothingDoesNotKeepOutOthers() throws IOException {
            List<Socket> silent = new ArrayList<>();
            try (OpsServer server = new OpsServer(
                    snapshots::build,
                    HealthRules.DEFAULT,
                    Optional.empty(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Duration.ofMillis(50))) {
                for (int n = 0; n < 20; n++) {
                    Socket socket = connect(server);
                    silent.add(socket);
                    write(socket, "GET /health HTTP/1.1\r\nX-"); // and never the rest
                }
                assertEquals(200, ask(server, "GET", "/livez").status());
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }

        @Test
        void fourAreWorkedOnAtATime() throws IOException, InterruptedException {
            CountDownLatch four = new CountDownLatch(4);
            CountDownLatch go = new CountDownLatch(1);
            List<Socket> asking = new ArrayList<>();
            try (OpsServer server = OpsServer.of(() -> {
                        four.countDown();
                        awaited(go);
                        return snapshots.build();
                    })
                    .open()) {
                for (int n = 0; n < 100; n++) { // 4 are at work, 64 wait, and the rest is turned away
                    Socket socket = connect(server);
                    asking.add(socket);
                    write(socket, "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                }
                assertTrue(four.await(30, TimeUnit.SECONDS));
                assertTrue(threads().stream().filter("vaultmesh-ops"::equals).count() <= 5, threads()::toString);
                go.countDown();
                int answered = 0;
                for (Socket socket : asking) {
                    answered += answered(socket) ? 1 : 0;
                }
                assertTrue(answered >= 68 && answered < 100, answered + " were answered");
            } finally {
                for (Socket socket : asking) {
                    socket.close();
                }
            }
        }

        private static boolean answered(Socket socket) {
            try {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .startsWith("HTTP/1.1 200");
            } catch (IOException e) {
                return false; // turned away
            }
        }

        private static void awaited(CountDownLatch latch) {
            try {
                assertTrue(latch.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class Closed {

        @Test
        void itHasNoThreadsAndNoSockets() throws IOException {
            serveAndClose(); // the JDK keeps a socket of its own from the first time on
            long before = sockets();
            serveAndClose();
            await(() -> threads().isEmpty() && sockets() <= before, () -> threads() + ", sockets: " + sockets());
        }

        private void serveAndClose() throws IOException {
            OpsServer server = open();
            long listening = sockets();
            for (int n = 0; n < 10; n++) {
                assertEquals(200, ask(server, "GET", "/health").status());
            }
            try (Socket idle = connect(server)) {
                write(idle, "GET /hea");
                assertTrue(sockets() > listening);
                server.close();
                server.close();
                assertTrue(hasEnded(idle));
            }
            assertThrows(IOException.class, () -> connect(server).close());
        }

        private static boolean hasEnded(Socket socket) throws IOException {
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketException e) {
                return true; // reset, as what it sent was not read
            }
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name ->
                        name.startsWith("vaultmesh-ops") || name.startsWith("HTTP-") || name.startsWith("idle-"))
                .sorted()
                .toList();
    }

    private static long sockets() {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(open), "open files are counted in /proc/self/fd, which is Linux's");
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(OpsServerTest::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (NoSuchFileException e) {
            return false; // closed since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, otherwise);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
