package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.index.ComponentActivity;
import io.vaultmesh.remembrancer.index.IndexDamagedException;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.index.Timeline;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MemoryReaderTest extends MemoryFixture {

    private Receipt remember(String title) {
        try (Remembrancer memory = open()) {
            return memory.record(Decision.of(title, "context", "d", "e"));
        }
    }

    @Test
    void readsSearchesAndVerifiesWhatAnotherProcessIsWriting() throws Exception {
        Receipt unused = remember("first");
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (MemoryReader reader = Remembrancer.read(path())) {
            NamespaceReader namespace = reader.namespace("main");
            assertEquals('r', writer.getInputStream().read(), "it records");
            Set<Long> sizes = new HashSet<>();
            TrustedCheckpoint last = namespace.checkpoint();
            while (sizes.size() < 5 || last.size() < 50) {
                for (Hit hit : namespace.query("written").limit(3).page()) {
                    Receipt receipt = hit.receipt();
                    namespace.verify(receipt).orThrow();
                    assertEquals(
                            "written " + (hit.index() - 1), receipt.record().title());
                    assertEquals(
                            -1,
                            namespace
                                    .openBody(receipt.record())
                                    .map(MemoryReaderTest::end)
                                    .orElse(-1));
                }
                TrustedCheckpoint next = namespace.checkpoint();
                assertTrue(next.size() >= last.size());
                List<Long> numbers = namespace
                        .timeline()
                        .map(record -> record.predicate().seq())
                        .toList();
                assertEquals(
                        Stream.iterate(0L, n -> n + 1).limit(numbers.size()).toList(), numbers);
                assertTrue(numbers.size() >= next.size());
                sizes.add(next.size());
                last = next;
            }
        } finally {
            writer.getOutputStream().close(); // which ends it
            writer.waitFor();
        }
        assertEquals(0, writer.exitValue());
        try (Remembrancer memory = open()) {
            memory.verifyAudit().orThrow();
        }
    }

    private static int end(InputStream body) {
        try (body) {
            body.readAllBytes();
            return body.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void findsWhatIsInAnIndexThatWasMadeAnewMeanwhile() {
        try (Remembrancer memory = open()) {
            memory.record(discovery("first"));
            memory.namespace("main").reindex();
            memory.verifyAudit().orThrow(); // which publishes it
            try (MemoryReader reader = Remembrancer.read(path())) {
                assertEquals(1, reader.namespace("main").query("first").page().matches());
                memory.namespace("main").reindex();
                memory.record(discovery("second"));
                assertEquals(1, memory.query("second").page().matches());
                memory.verifyAudit().orThrow();
                assertEquals(1, reader.namespace("main").query("second").page().matches());
            }
        }
    }

    @Test
    void goesOnSearchingAndStreamingWhileTheIndexIsReplacedAgainAndAgain() throws Exception {
        int records = 520; // more than a page of a stream
        ExecutorService pool = Executors.newFixedThreadPool(8);
        AtomicBoolean done = new AtomicBoolean();
        try (Remembrancer memory = open()) {
            for (int i = 0; i < records; i++) {
                memory.record(discovery("found " + i));
            }
            try (MemoryReader reader = Remembrancer.read(path())) {
                NamespaceReader namespace = reader.namespace("main");
                assertEquals(records, memory.query("found").page().matches(), "all are indexed");
                while (namespace.checkpoint().size() < records) {
                    Thread.sleep(10); // until all are published
                }
                List<Future<Integer>> searching = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    boolean streams = t % 4 == 0;
                    searching.add(pool.submit(() -> {
                        int searches = 0;
                        for (; !done.get(); searches++) {
                            long found = streams
                                    ? namespace.timeline(Timeline.all()).count()
                                    : namespace.query("found").page().matches();
                            assertEquals(records, found);
                        }
                        return searches;
                    }));
                }
                for (int i = 0; i < 30; i++) {
                    memory.namespace("main").reindex();
                }
                done.set(true);
                for (Future<Integer> each : searching) {
                    int unused = each.get();
                }
            }
        } finally {
            done.set(true);
            pool.shutdownNow();
        }
    }

    @Test
    void saysThatThereIsNoMemory() throws IOException {
        Path none = directory.resolve("none");
        String message = assertThrows(IllegalArgumentException.class, () -> Remembrancer.read(none))
                .getMessage();
        assertTrue(message.startsWith(none + " has no memory.json"), message);
        assertFalse(Files.exists(none), "nothing is made");
        assertThrows(IllegalArgumentException.class, () -> Remembrancer.read(directory));
    }

    @Test
    void saysWhichNamespacesThereAre() {
        try (Remembrancer memory = open()) {
            memory.namespace("dao:x");
        }
        try (MemoryReader reader = Remembrancer.read(path())) {
            assertEquals(
                    List.of("dao:x", "main"),
                    reader.namespaces().stream().map(NamespaceName::value).toList());
            String message = assertThrows(IllegalArgumentException.class, () -> reader.namespace("dao:y"))
                    .getMessage();
            assertTrue(message.endsWith("has no namespace dao:y, expected one of [dao:x, main]"), message);
            assertThrows(IllegalArgumentException.class, () -> reader.namespace("../main"));
        }
        assertFalse(Files.exists(path().resolve("namespaces/dao~y")));
    }

    @Test
    void needsNoPrivateKey() throws IOException {
        Receipt receipt = remember("kept");
        Path copy = directory.resolve("copy");
        copy(path(), copy);
        for (String key : names(copy.resolve("keys"))) {
            Files.delete(copy.resolve("keys").resolve(key));
        }
        Files.delete(copy.resolve("keys"));
        try (MemoryReader reader = Remembrancer.read(copy)) {
            NamespaceReader namespace = reader.namespace("main");
            namespace.verify(receipt).orThrow();
            Hit hit = namespace.query("kept").page().hits().get(0);
            assertEquals(receipt.id(), hit.receipt().id());
            assertEquals(
                    List.of(receipt.id()),
                    namespace.timeline(Timeline.all()).map(Hit::id).toList());
            assertEquals(
                    List.of(receipt.id()),
                    namespace.timeline().map(MemoryRecord::id).toList());
            assertEquals(1, namespace.checkpoint().size());
        }
    }

    @Test
    void readsWithoutAnIndexAndSearchesOnceThereIsOne() throws IOException {
        Receipt unused = remember("kept");
        Files.delete(path().resolve("namespaces/main/index.db"));
        try (MemoryReader reader = Remembrancer.read(path())) {
            NamespaceReader namespace = reader.namespace("main");
            assertEquals(1, namespace.timeline().count());
            String message = assertThrows(
                            IndexDamagedException.class,
                            () -> namespace.query("kept").page())
                    .getMessage();
            assertTrue(message.startsWith("there is no index "), message);
            assertFalse(Files.exists(path().resolve("namespaces/main/index.db")), "nothing is made");
            try (Remembrancer memory = open()) {
                memory.namespace("main");
                assertEquals(1, namespace.query("kept").page().matches());
            }
        }
    }

    /** As it is for a moment whenever what was recorded is indexed before it is published. */
    @Test
    void showsAndCountsNothingThatIsIndexedAndNotPublishedYet() throws IOException {
        int published = 5;
        Path copy = directory.resolve("copy");
        try (Remembrancer memory = open()) {
            for (int i = 0; i < published + 4; i++) {
                if (i == published) {
                    memory.backup(copy);
                }
                memory.record(discovery("found " + i).component("ledger"));
            }
        }
        Files.copy(path().resolve("namespaces/main/index.db"), copy.resolve("namespaces/main/index.db"));
        try (MemoryReader reader = Remembrancer.read(copy)) {
            NamespaceReader namespace = reader.namespace("main");
            assertEquals(published, namespace.checkpoint().size());
            for (Search search : List.of(
                    Search.all(),
                    Search.words("found"),
                    Search.expression("found"),
                    Search.all().component("ledger"),
                    Search.all().component("ledger").kinds(Kind.DISCOVERY),
                    Search.words("found").component("ledger"))) {
                List<Long> found = new ArrayList<>();
                Query query = namespace.query(search).limit(2);
                for (Page page = query.page();
                        ;
                        page = query.after(page.next().get()).page()) {
                    assertEquals(published, page.matches(), search.toString());
                    page.forEach(hit -> found.add(hit.receipt().index()));
                    assertEquals(Math.min(published, (found.size() + 1) / 2 * 2), found.size(), "a page is full");
                    if (page.next().isEmpty()) {
                        break;
                    }
                }
                assertEquals(List.of(4L, 3L, 2L, 1L, 0L), found, search.toString());
            }
            assertEquals(published, namespace.timeline(Timeline.all()).count());
            assertEquals(
                    List.of((long) published),
                    namespace
                            .components(Timeline.all())
                            .map(ComponentActivity::records)
                            .toList());
        }
    }

    @Test
    void saysThatACursorIsOfMoreThanIsPublished() throws IOException {
        Path copy = directory.resolve("copy");
        String next;
        try (Remembrancer memory = open()) {
            memory.record(discovery("found 0"));
            memory.backup(copy);
            memory.record(discovery("found 1"));
            next = memory.query("found").limit(1).page().next().orElseThrow();
        }
        Files.copy(path().resolve("namespaces/main/index.db"), copy.resolve("namespaces/main/index.db"));
        try (MemoryReader reader = Remembrancer.read(copy)) {
            Query query = reader.namespace("main").query("found").limit(1).after(next);
            String message =
                    assertThrows(IllegalArgumentException.class, query::page).getMessage();
            assertTrue(message.startsWith("cursor is of 2 records, expected of this index, which has 1 "), message);
        }
    }

    @Test
    void saysThatItIsClosed() {
        Receipt unused = remember("kept");
        MemoryReader reader = Remembrancer.read(path());
        NamespaceReader namespace = reader.namespace("main");
        reader.close();
        reader.close();
        assertThrows(IllegalStateException.class, () -> reader.namespace("main"));
        assertThrows(IllegalStateException.class, () -> namespace.query("kept").page());
    }

    /** Records until its standard input ends. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws Exception {
            AtomicBoolean ended = new AtomicBoolean();
            Thread watch = new Thread(() -> {
                try {
                    int unused = System.in.read();
                } catch (IOException e) {
                    // gone as well
                }
                ended.set(true);
            });
            watch.setDaemon(true);
            watch.start();
            try (Remembrancer memory = Remembrancer.open(Path.of(args[0]))) {
                for (int i = 0; !ended.get(); i++) {
                    memory.record(Decision.of("written " + i, "context", "d", "e"));
                    if (i == 0) {
                        System.out.print("r");
                        System.out.flush();
                    }
                }
            }
        }
    }
}
