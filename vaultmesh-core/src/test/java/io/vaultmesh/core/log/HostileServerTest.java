package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.NoteVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader over real HTTP, whose server lies in every way that it can think of. */
@Timeout(120)
class HostileServerTest {

    private static final NoteVerifier KEY = Logs.SIGNER.verifier();

    @TempDir
    Path temp;

    private Path dir;
    private LogServer server;
    private LogReader reader;

    @BeforeEach
    void start() {
        dir = write("log", Logs.SIGNER, 0, 600);
        server = new LogServer(dir);
        reader = MerkleLog.read(server.base(), KEY);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A log of a size, whose entries are others from an index on. */
    private Path write(String name, NoteSigner signer, long sameUpTo, long size) {
        Path at = temp.resolve(name);
        try (MerkleLog log = MerkleLog.builder(at).signer(signer).open()) {
            boolean fork = !name.equals("log");
            if (fork) {
                Logs.grow(log, sameUpTo);
                log.append("forked".getBytes(UTF_8));
            }
            Logs.grow(log, size);
        }
        return at;
    }

    private byte[] file(String path) throws IOException {
        return Files.readAllBytes(dir.resolve(path));
    }

    private String damage(Executable reading) {
        return assertThrows(LogDamagedException.class, reading).getMessage();
    }

    private String failure(Executable reading) {
        return assertThrows(UncheckedIOException.class, reading).getMessage();
    }

    private void use(LogEntry entry) {
        assertArrayEquals(Logs.entry(entry.index()), entry.bytes());
    }

    private void readAll(LogReader from) {
        assertEquals(600, from.entries(0, 600).peek(this::use).toList().size());
        for (long i : new long[] {0, 255, 256, 300, 599}) {
            from.proveInclusion(i).verify(Logs.entry(i), KEY).orThrow();
        }
    }

    @Test
    void anHonestServerIsRead() {
        readAll(reader);
        readAll(MerkleLog.read(URI.create(server.base() + "/"), KEY));
        Report report = reader.fsck();
        assertFalse(report.failed(), report::toText);
        assertEquals(
                List.of("older partials", "end"),
                report.checks(Outcome.NOT_CHECKED).stream()
                        .map(check -> check.name())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "tile/0/001, 4000, tile/0/001 has root ",
        "tile/entries/001, 2, tile/entries/001: entry 256",
        "tile/entries/001, 0, tile/entries/001 holds ",
        "tile/0/002.p/88, 4, 'the checkpoint of example.com/log at size 600 has root '",
        "tile/1/000.p/2, 40, 'the checkpoint of example.com/log at size 600 has root '",
        "tile/entries/002.p/88, 2, tile/entries/002.p/88: entry 512",
        "checkpoint, 20, the checkpoint of example.com/log can't be trusted: "
    })
    void aWrongByteIsFoundWhereItIs(String path, int at, String why) throws IOException {
        byte[] wrong = file(path);
        wrong[at] ^= 1;
        server.lieAbout(path, LogServer.body(200, wrong));
        String message = damage(() -> use(reader.entry(256)));
        assertTrue(message.startsWith(why), message);
        assertTrue(reader.fsck().failed());
        server.lieNoMore();
        readAll(reader);
    }

    @Test
    void aSwappedFileIsFound() throws IOException {
        server.lieAbout("tile/entries/001", LogServer.body(200, file("tile/entries/000")));
        String message = damage(() -> use(reader.entry(300)));
        assertTrue(message.startsWith("tile/entries/001: entry 300, "), message);
        server.lieAbout("tile/0/001", LogServer.body(200, file("tile/0/000")));
        message = damage(() -> use(reader.entry(300)));
        assertTrue(message.startsWith("tile/0/001 has root "), message);
        assertTrue(damage(() -> reader.proveInclusion(300)).startsWith("tile/0/001 has root "));
        assertTrue(damage(() -> reader.proveConsistency(300, 600)).startsWith("tile/0/001 has root "));
    }

    @Test
    void aMissingOrShortenedFileIsFound() throws IOException {
        assertEquals(600, reader.size());
        server.lieAbout("tile/entries/001", LogServer.status(404));
        assertEquals("tile/entries/001 is missing, expected a full bundle", damage(() -> use(reader.entry(300))));
        server.lieAbout("tile/0/001", LogServer.body(200, new byte[8191]));
        assertEquals(
                "tile/0/001 has 8191 bytes, expected 8192 for 256 hashes", damage(() -> reader.proveInclusion(300)));
        server.lieAbout("tile/entries/001", LogServer.body(200, new byte[0]));
        assertEquals("tile/entries/001 holds 0 whole entries, expected 256", damage(() -> use(reader.entry(300))));
    }

    @Test
    void anOlderCheckpointIsFoundWithBothNotes() {
        assertEquals(600, reader.size());
        Path old = temp.resolve("old");
        try (MerkleLog log = Logs.open(old)) {
            Logs.grow(log, 300);
        }
        server.show(old);
        String message = damage(reader::refresh);
        assertTrue(
                message.startsWith("the log example.com/log contradicts itself: it went back from size 600 to 300, "),
                message);
        assertTrue(
                message.contains("\nexample.com/log\n600\n") && message.contains("\nexample.com/log\n300\n"), message);
        assertEquals(600, reader.size());
        assertEquals(List.of("held checkpoint"), failed(reader.fsck()));
    }

    private static List<String> failed(Report report) {
        return report.checks(Outcome.FAIL).stream().map(check -> check.name()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 600, at size 600 its key signed two roots",
        "599, 600, at size 600 its key signed two roots",
        "0, 900, at size 600 the log has root ",
        "599, 601, at size 600 the log has root ",
        "100, 300, 'it went back from size 600 to 300, and '"
    })
    void aForkIsFoundWithBothNotes(long sameUpTo, long size, String why) {
        readAll(reader);
        TrustedCheckpoint held = reader.checkpoint();
        server.show(write("fork", Logs.SIGNER, sameUpTo, size));
        String message = damage(reader::refresh);
        assertTrue(message.startsWith("the log example.com/log contradicts itself: " + why), message);
        assertTrue(message.contains(held.note().toText()), message);
        assertTrue(
                message.contains(
                        MerkleLog.read(server.base(), KEY).checkpoint().note().toText()),
                message);
        assertEquals(held, reader.checkpoint());
        assertEquals(List.of("held checkpoint"), failed(reader.fsck()));
        server.show(dir);
        readAll(reader);
    }

    @Test
    void aForkThatIsShownOnlyInPartsIsFound() throws IOException {
        // the fork's checkpoint over the honest files, and the honest one over the fork's
        Path fork = write("fork", Logs.SIGNER, 0, 600);
        server.lieAbout("checkpoint", LogServer.body(200, Files.readAllBytes(fork.resolve("checkpoint"))));
        assertTrue(damage(() -> use(reader.entry(0)))
                .startsWith("the checkpoint of example.com/log at size 600 has root "));
        server.lieAbout("checkpoint", LogServer.body(200, file("checkpoint")));
        server.show(fork);
        assertTrue(damage(() -> use(reader.entry(0)))
                .startsWith("the checkpoint of example.com/log at size 600 has root "));
        // honest at the edge, so that the reader starts, and the fork's below
        for (String edge : List.of("tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/002.p/88")) {
            server.lieAbout(edge, LogServer.body(200, file(edge)));
        }
        assertEquals(600, reader.size());
        assertTrue(damage(() -> use(reader.entry(0))).startsWith("tile/"));
        assertTrue(damage(() -> reader.proveInclusion(0)).startsWith("tile/0/000 has root "));
        use(reader.entry(599));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com/log", "example.com/other"})
    void aCheckpointOfAnotherKeyIsRefused(String name) {
        server.show(write("fork", Logs.signer(name, 2), 0, 600));
        String message = damage(() -> use(reader.entry(0)));
        assertTrue(
                message.startsWith("the checkpoint of example.com/log can't be trusted: signed by " + name + "+"),
                message);
        assertEquals(List.of("checkpoint signature"), failed(reader.fsck()));
    }

    private LogServer.Lie lie(String kind) {
        return switch (kind) {
            case "500" -> LogServer.body(500, "no".getBytes(UTF_8));
            case "403" -> LogServer.status(403);
            case "endless" -> LogServer.endless(200);
            case "redirect" ->
                exchange -> {
                    exchange.getResponseHeaders()
                            .add("Location", exchange.getRequestURI().getPath());
                    exchange.sendResponseHeaders(302, -1);
                };
            case "gzip" ->
                exchange -> {
                    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
                    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
                        out.write(file(exchange.getRequestURI().getPath().substring("/log/".length())));
                    }
                    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                    LogServer.body(200, zipped.toByteArray()).answer(exchange);
                };
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "500, 'status 500, expected 200 or 404'",
        "403, 'status 403, expected 200 or 404'",
        "redirect, 'status 302, expected 200 or 404'",
        "gzip, 'status 200, but the body is encoded as gzip'",
        "endless, 'status 200, but the body has more than '"
    })
    void aServerThatDoesNotServeIsNoDamage(String kind, String why) {
        for (String path : List.of("checkpoint", "tile/1/000.p/2", "tile/0/001", "tile/entries/001")) {
            LogReader fresh = MerkleLog.read(server.base(), KEY);
            server.lieAbout(path, lie(kind));
            String message = failure(() -> use(fresh.entry(300)));
            assertTrue(message.startsWith("can't read " + server.base() + "/" + path + ": " + why), message);
            server.lieNoMore();
            readAll(fresh);
        }
    }

    @Test
    void aServerThatNeverEndsAnAnswerIsNoDamage() {
        LogReader impatient = LogReader.of(LogSource.http(server.base(), Duration.ofMillis(700)), KEY);
        CountDownLatch never = new CountDownLatch(1);
        for (String path : List.of("checkpoint", "tile/1/000.p/2", "tile/0/001", "tile/entries/001")) {
            server.lieAbout(path, exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                try {
                    assertFalse(never.await(60, TimeUnit.SECONDS));
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
            });
            assertEquals(
                    "can't read " + server.base() + "/" + path + ": status 200, but no whole answer within 700 ms",
                    failure(() -> use(impatient.entry(300))));
            server.lieNoMore();
        }
        readAll(impatient);
    }

    @Test
    void anAuditNamesWhatWasNotServedAndEndsWhenInterrupted() {
        assertEquals(600, reader.size());
        server.lieAbout("tile/0/000", exchange -> {
            throw new IOException("cut");
        });
        Report report = reader.fsck();
        assertTrue(
                report.checks(Outcome.FAIL).stream()
                        .anyMatch(check -> check.detail().startsWith("can't read " + server.base() + "/tile/0/000: ")),
                report::toText);
        Thread.currentThread().interrupt();
        try {
            String message = failure(reader::fsck);
            assertTrue(message.endsWith("interrupted"), message);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }
}
