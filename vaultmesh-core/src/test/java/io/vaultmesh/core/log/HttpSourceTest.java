package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a file over HTTP, and what isn't, whatever the server does. */
@Timeout(60)
class HttpSourceTest {

    private static final String TILE = "tile/0/000";
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    Path dir;

    private LogServer server;
    private LogSource source;

    @BeforeEach
    void start() {
        server = new LogServer(dir);
        source = LogSource.http(server.base());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void write(String path, byte[] content) throws IOException {
        Files.createDirectories(dir.resolve(path).getParent());
        Files.write(dir.resolve(path), content);
    }

    private String refused(LogSource from, String path) {
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> from.read(path));
        String start = "can't read " + server.base() + "/" + path + ": ";
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
        return e.getMessage().substring(start.length());
    }

    private String refused(LogServer.Lie lie) {
        server.lieAbout(TILE, lie);
        return refused(source, TILE);
    }

    @Test
    void aFileIsWhatComesWithStatus200AndAbsentIs404() throws IOException {
        byte[] tile = new byte[8192];
        Arrays.fill(tile, (byte) 7);
        write(TILE, tile);
        write("tile/entries/x001/000.p/3", new byte[0]);
        assertArrayEquals(tile, source.read(TILE).orElseThrow());
        assertArrayEquals(new byte[0], source.read("tile/entries/x001/000.p/3").orElseThrow());
        assertEquals(Optional.empty(), source.read("tile/0/001"));
        assertEquals(Optional.empty(), source.read(LogSource.CHECKPOINT));
        server.lieAbout(TILE, LogServer.body(404, new byte[500_000]));
        assertEquals(Optional.empty(), source.read(TILE), "a page of any length may go with it");
    }

    @Test
    void itAsksInPlainHttp11() {
        AtomicReference<HttpExchange> asked = new AtomicReference<>();
        server.lieAbout(TILE, exchange -> {
            asked.set(exchange);
            LogServer.body(200, new byte[1]).answer(exchange);
        });
        assertEquals(1, source.read(TILE).orElseThrow().length);
        assertEquals("GET", asked.get().getRequestMethod());
        assertEquals("HTTP/1.1", asked.get().getProtocol());
        for (String header : List.of("Upgrade", "Accept-Encoding", "Cookie", "Authorization", "Referer")) {
            assertFalse(asked.get().getRequestHeaders().containsKey(header), header);
        }
        assertFalse(asked.get().getRequestHeaders().containsKey("Cache-Control"), "a tile never changes");
        server.lieAbout("checkpoint", exchange -> {
            asked.set(exchange);
            LogServer.body(200, new byte[2]).answer(exchange);
        });
        assertEquals(2, source.read("checkpoint").orElseThrow().length);
        assertEquals("no-cache", asked.get().getRequestHeaders().getFirst("Cache-Control"));
    }

    @Test
    void theBaseMayEndInASlash() throws IOException {
        write(TILE, new byte[32]);
        LogSource slash = LogSource.http(URI.create(server.base() + "/"));
        assertEquals(server.base() + "/", slash.toString());
        assertEquals(slash.toString(), source.toString());
        assertEquals(32, slash.read(TILE).orElseThrow().length);
        assertEquals(List.of(TILE), server.requests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log",
                "/log",
                "ftp://example.com/log",
                "file:///log",
                "mailto:log@example.com",
                "http:log",
                "http:///log",
                "http://example.com/log?a=b",
                "http://example.com/log?",
                "http://example.com/log#a",
                "https://example.com/log#"
            })
    void aBaseThatIsNotPlainHttpIsRefused(String base) {
        String message = assertThrows(IllegalArgumentException.class, () -> LogSource.http(URI.create(base)))
                .getMessage();
        assertTrue(message.startsWith("a log's URI is " + base + ", expected "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:secret@example.com/log", "https://me:secret@bad_name/log"})
    void aBaseWithAPasswordIsRefusedAndNotRepeated(String base) {
        assertEquals(
                "a log's URI has user info, expected none",
                assertThrows(IllegalArgumentException.class, () -> LogSource.http(URI.create(base)))
                        .getMessage());
    }

    @Test
    void aDeadlineIsMoreThanNothing() {
        for (Duration deadline : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
            assertEquals(
                    "deadline is " + deadline + ", expected more than nothing",
                    assertThrows(IllegalArgumentException.class, () -> LogSource.http(server.base(), deadline))
                            .getMessage());
        }
        assertEquals(
                Optional.empty(),
                LogSource.http(server.base(), Duration.ofSeconds(Long.MAX_VALUE))
                        .read(TILE),
                "longer than anybody waits");
    }

    @ParameterizedTest
    @CsvSource({
        "checkpoint, 1048576",
        "tile/0/000, 8192",
        "tile/63/x001/x234/067.p/255, 8160",
        "tile/entries/000, 16777472",
        "tile/entries/x001/000.p/2, 131074"
    })
    void aFileHasNoMoreBytesThanItsPathSays(String path, int most) throws IOException {
        assertEquals(most, FileSize.most(path));
        write(path, new byte[most]);
        assertEquals(most, source.read(path).orElseThrow().length);
        write(path, new byte[most + 1]);
        assertEquals("status 200, but the body has more than " + most + " bytes", refused(source, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "journal",
                "../checkpoint",
                "checkpoint/",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/1000",
                "tile/64/000",
                "tile/00/000",
                "tile/data/000",
                "tile/0/x000",
                "tile/0/0000",
                "tile/0/../../000",
                "tile/0/000?a",
                "tile/8/0/000/"
            })
    void aPathOfNoPublishedFileIsRefusedAndNotAskedFor(String path) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> source.read(path))
                .getMessage()
                .startsWith("path is \"" + path + "\", expected "));
        assertEquals(List.of(), server.requests());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 203, 206, 304, 400, 401, 403, 410, 429, 500, 503})
    void anyOtherStatusIsAnError(int status) {
        assertEquals("status " + status + ", expected 200 or 404", refused(LogServer.body(status, new byte[0])));
        if (status != 304) {
            assertEquals("status " + status + ", expected 200 or 404", refused(LogServer.body(status, new byte[8192])));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws IOException {
        write("tile/0/001", new byte[8192]);
        assertEquals("status " + status + ", expected 200 or 404", refused(exchange -> {
            exchange.getResponseHeaders().add("Location", server.base() + "/tile/0/001");
            exchange.sendResponseHeaders(status, -1);
        }));
        assertEquals(List.of(TILE), server.requests());
    }

    @Test
    void anEndlessBodyIsGivenUpWhateverItsStatus() {
        assertEquals("status 200, but the body has more than 8192 bytes", refused(LogServer.endless(200)));
        assertEquals("status 500, expected 200 or 404", refused(LogServer.endless(500)));
        server.lieAbout(TILE, LogServer.endless(404));
        assertEquals(Optional.empty(), source.read(TILE));
    }

    @Test
    void aCompressedBodyIsNotTheFile() {
        assertEquals("status 200, but the body is encoded as gzip", refused(exchange -> {
            assertFalse(exchange.getRequestHeaders().containsKey("Accept-Encoding"));
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
                out.write(new byte[8192]);
            }
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            LogServer.body(200, zipped.toByteArray()).answer(exchange);
        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "HTTP/1.1 200 OK|Content-Length: 32||0123456789; status 200, but ",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||a|0123456789|; status 200, but ",
                "HTTP/1.1 200 OK|Content-Le; ''",
                "''; ''"
            })
    void anAnswerThatBreaksOffIsNotTheFile(String answer, String why) throws Exception {
        try (ServerSocket raw = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                while (!raw.isClosed()) {
                    answerOnce(raw, answer.replace("|", "\r\n"));
                }
            });
            answering.start();
            URI uri = URI.create("http://127.0.0.1:" + raw.getLocalPort());
            String message = assertThrows(
                            UncheckedIOException.class,
                            () -> LogSource.http(uri).read(TILE))
                    .getMessage();
            raw.close();
            answering.join();
            assertTrue(message.startsWith("can't read " + uri + "/" + TILE + ": " + why), message);
        }
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket connection = server.accept()) {
            BufferedReader request = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
            String line = request.readLine();
            while (line != null && !line.isEmpty()) {
                line = request.readLine();
            }
            connection.getOutputStream().write(answer.getBytes(UTF_8));
        } catch (IOException e) {
            assertTrue(server.isClosed(), () -> "" + e);
        }
    }

    @Test
    void aServerThatNeverAnswersOrNeverEndsIsLeftAtTheDeadline() throws Exception {
        LogSource impatient = LogSource.http(server.base(), SHORT);
        for (boolean answers : new boolean[] {false, true}) {
            CountDownLatch gone = new CountDownLatch(1);
            CompletableFuture<Boolean> noticed = new CompletableFuture<>();
            server.lieAbout(TILE, exchange -> {
                if (answers) {
                    exchange.sendResponseHeaders(200, 8192);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                }
                try {
                    noticed.complete(gone.await(30, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    noticed.completeExceptionally(e);
                }
            });
            long start = System.nanoTime();
            assertEquals(
                    (answers ? "status 200, but " : "") + "no whole answer within 500 ms", refused(impatient, TILE));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20), "not much later");
            gone.countDown();
            assertTrue(noticed.get(), "it was left while it was still busy");
        }
    }

    @Test
    void aServerThatSendsOneByteAtATimeIsLeftAtTheDeadline() throws Exception {
        LogSource impatient = LogSource.http(server.base(), SHORT);
        CompletableFuture<Integer> sent = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        server.lieAbout(TILE, exchange -> {
            int bytes = 0;
            try {
                exchange.sendResponseHeaders(200, 8192);
                for (; bytes < 8192; bytes++) {
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    if (never.await(20, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                sent.complete(bytes);
            }
        });
        assertEquals("status 200, but no whole answer within 500 ms", refused(impatient, TILE));
        int bytes = sent.get(30, TimeUnit.SECONDS);
        assertTrue(bytes > 0 && bytes < 8192, "the connection is closed after " + bytes + " bytes");
    }

    @Test
    void aServerThatIsNotThereIsAnErrorThatSaysSo() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port);
        String message = assertThrows(
                        UncheckedIOException.class, () -> LogSource.http(nobody).read(TILE))
                .getMessage();
        assertEquals("can't read " + nobody + "/" + TILE + ": java.net.ConnectException", message);
    }

    @Test
    void aThreadThatIsInterruptedStopsReadingAndStaysInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        server.lieAbout(TILE, exchange -> {
            asked.countDown();
            try {
                assertFalse(never.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException stopped) {
                exchange.close();
            }
        });
        AtomicReference<UncheckedIOException> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread reading = new Thread(() -> {
            thrown.set(assertThrows(UncheckedIOException.class, () -> source.read(TILE)));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        reading.start();
        assertTrue(asked.await(30, TimeUnit.SECONDS));
        reading.interrupt();
        reading.join();
        assertEquals(
                "can't read " + server.base() + "/" + TILE + ": interrupted",
                thrown.get().getMessage());
        assertInstanceOf(InterruptedIOException.class, thrown.get().getCause());
        assertSame(true, interrupted.get());
    }

    @Test
    void aThreadThatWasInterruptedBeforeReadsNothing() {
        Thread.currentThread().interrupt();
        try {
            assertEquals("interrupted", refused(source, TILE));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void itsThreadsEndWhenNobodyHasItAnyMore() throws InterruptedException {
        Thread thread = selectorOf(
                () -> assertTrue(LogSource.http(server.base()).read(TILE).isEmpty()));
        for (int i = 0; i < 60 && thread.isAlive(); i++) {
            System.gc();
            thread.join(500);
        }
        assertFalse(thread.isAlive());
    }

    /** The thread that something starts and leaves behind. */
    private static Thread selectorOf(Runnable act) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        act.run();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().matches("HttpClient-[0-9]+-SelectorManager"))
                .peek(thread -> assertTrue(thread.isDaemon()))
                .findFirst()
                .orElseThrow();
    }
}
