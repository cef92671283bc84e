package io.vaultmesh.remembrancer.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteIndexTest {

    @TempDir
    Path directory;

    private Path file;
    private MemoryIndex index;

    @BeforeEach
    void open() {
        file = directory.resolve("a?b #%20é").resolve("index.db");
        index = MemoryIndex.sqlite(file, Records.ORIGIN);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private List<Long> indexes(Timeline timeline) {
        return index.timeline(timeline).map(SearchHit::index).toList();
    }

    @Test
    void aNewOneIsEmptyAndAddsOnlyWhatContinues() {
        assertEquals(IndexState.EMPTY, index.state());
        assertTrue(Files.isRegularFile(file));
        index.add(Records.plain(0, 3), Records.root(3));
        index.add(List.of(), Records.root(3));
        for (List<IndexedRecord> wrong : List.of(
                Records.plain(2, 4),
                Records.plain(4, 5),
                List.of(Records.draft().at(3L), Records.draft().at(5L)))) {
            assertThrows(IllegalArgumentException.class, () -> index.add(wrong, Records.root(9)));
        }
        assertEquals(new IndexState(3, Records.root(3)), index.state());
        assertEquals(3, index.rows(0, 9).count());
    }

    @Test
    void isThereWhenOpenedAgainAndLeavesNoOtherFile() throws Exception {
        index.add(Records.plain(0, 3), Records.root(3));
        index.close();
        try (var files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
        index = MemoryIndex.sqlite(file, Records.ORIGIN);
        assertEquals(new IndexState(3, Records.root(3)), index.state());
        assertEquals(3, index.search(Search.words("common")).matches());
    }

    @Test
    void aRecordThatContradictsItselfIsAddedWithNothing() {
        Records.Draft twice = Records.draft();
        IndexedRecord record = twice.at(0L);
        assertThrows(IllegalArgumentException.class, () -> index.add(List.of(record, record), Records.root(2)));
        assertEquals(IndexState.EMPTY, index.state());
        assertEquals(0, index.rows(0, 9).count());
        Records.add(index, twice);
        assertEquals(1, index.search(Search.words("title")).matches());
    }

    @Test
    void knowsKeysAndTailsOfAuthors() {
        Records.Draft alice = Records.draft();
        alice.key = Optional.of("k");
        Records.Draft bob = Records.draft();
        bob.author = "did:key:zBob";
        bob.key = Optional.of("k");
        bob.seq = 7;
        Records.Draft late = Records.draft();
        late.seq = 5;
        late.key = Optional.of("k");
        Records.Draft fork = Records.draft();
        fork.seq = 5;
        Records.Draft early = Records.draft();
        early.seq = 2;
        Records.add(index, bob, alice, late, fork, early);
        assertEquals(OptionalLong.of(1), index.indexOfKey("did:key:zAlice", Predicate.hashOfKey("k")));
        assertEquals(OptionalLong.of(0), index.indexOfKey("did:key:zBob", Predicate.hashOfKey("k")));
        assertEquals(OptionalLong.empty(), index.indexOfKey("did:key:zBob", Predicate.hashOfKey("x")));
        assertEquals(OptionalLong.empty(), index.indexOfKey("did:key:zEve", Predicate.hashOfKey("k")));
        assertEquals(Optional.of(new AuthorTail(5, 2)), index.lastOf("did:key:zAlice"));
        assertEquals(Optional.of(new AuthorTail(7, 0)), index.lastOf("did:key:zBob"));
        assertEquals(Optional.empty(), index.lastOf("did:key:zEve"));
    }

    @Test
    void timelineIsInTheOrderOfClocksAndThenOfTheLog() {
        Instant start = Records.START;
        Records.add(
                index,
                Records.draft().at(start.plusMillis(5)).component("b"),
                Records.draft().at(start).component("a"),
                Records.draft().at(start.minusMillis(9)),
                Records.draft().at(start).component("b"),
                Records.draft().at(Instant.parse("0001-01-01T00:00:00Z")).component("b"));
        assertEquals(List.of(4L, 2L, 1L, 3L, 0L), indexes(Timeline.all()));
        assertEquals(List.of(1L, 3L, 0L), indexes(Timeline.all().since(start)));
        assertEquals(List.of(0L), indexes(Timeline.all().since(start.plusNanos(1))));
        assertEquals(List.of(4L, 2L), indexes(Timeline.all().until(start)));
        assertEquals(List.of(4L, 2L, 1L, 3L), indexes(Timeline.all().until(start.plusNanos(1))));
        assertEquals(List.of(4L, 3L, 0L), indexes(Timeline.all().component("b")));
        assertEquals(
                5, indexes(Timeline.all().since(Instant.MIN).until(Instant.MAX)).size());
        assertEquals(List.of(), indexes(Timeline.all().since(Instant.MAX)));
        assertEquals(List.of(), indexes(Timeline.all().component("c")));
        assertEquals(
                List.of(
                        new ComponentActivity("a", 1, start, start),
                        new ComponentActivity("b", 3, Instant.parse("0001-01-01T00:00:00Z"), start.plusMillis(5))),
                index.components(Timeline.all()).toList());
        assertEquals(
                List.of(new ComponentActivity("b", 1, start, start)),
                index.components(Timeline.all().component("b").since(start).until(start.plusMillis(1)))
                        .toList());
    }

    @Test
    void timelineGoesOverManyPagesOfEqualTimesAndStopsAtWhatWasThere() {
        index.add(Records.plain(0, 1700), Records.root(1700));
        List<Long> seen = new ArrayList<>();
        index.timeline(Timeline.all()).forEach(hit -> {
            if (seen.isEmpty()) {
                Records.add(index, Records.draft());
            }
            seen.add(hit.index());
        });
        assertEquals(java.util.stream.LongStream.range(0, 1700).boxed().toList(), seen);
        assertEquals(1701, index.timeline(Timeline.all()).count());
    }

    @Test
    void componentsGoOverManyPages() {
        Records.add(
                index,
                java.util.stream.IntStream.range(0, 1100)
                        .mapToObj(i -> Records.draft().component("c" + i))
                        .toArray(Records.Draft[]::new));
        List<String> names = index.components(Timeline.all())
                .map(ComponentActivity::component)
                .toList();
        assertEquals(names.stream().sorted().distinct().toList(), names);
        assertEquals(1100, names.size());
    }

    @Test
    void rowsAreWhatTheLogSays() {
        Records.Draft full = Records.draft()
                .title("full 🚀")
                .text("body")
                .component("ledger")
                .attribute("s", new JsonString("1\0'"))
                .attribute("n", new JsonNumber(1))
                .attribute("big", new JsonNumber(1e300))
                .attribute("minus", new JsonNumber(-9007199254740991.0))
                .attribute("yes", new JsonBoolean(true))
                .attribute("no", new JsonBoolean(false));
        full.version = Optional.of("1");
        full.key = Optional.of("k");
        full.links.add(new Link(Link.Rel.SUPERSEDES, Records.hash("z")));
        full.links.add(new Link(Link.Rel.RELATES, Records.hash("a")));
        List<IndexedRecord> all = new ArrayList<>(Records.plain(0, 700));
        all.add(full.at(700L));
        all.add(Records.draft().at(Instant.parse("9999-12-31T23:59:59.999Z")).at(701L));
        index.add(all, Records.root(702));
        List<IndexRow> expected =
                all.stream().map(it -> IndexRow.of(it.index(), it.record())).toList();
        assertEquals(expected, index.rows(0, 1000).toList());
        assertEquals(expected.subList(3, 701), index.rows(3, 701).toList());
        assertEquals(List.of(), index.rows(5, 5).toList());
        assertThrows(IllegalArgumentException.class, () -> index.rows(-1, 5));
        assertThrows(IllegalArgumentException.class, () -> index.rows(6, 5));
    }

    @Test
    void rebuildingLeavesTheOldOneUntilItIsFinished() {
        index.add(Records.plain(0, 3), Records.root(3));
        MemoryIndex elsewhere = MemoryIndex.readSqlite(file, Records.ORIGIN);
        try (BulkLoad load = index.rebuild()) {
            load.add(Records.plain(0, 5));
            assertThrows(IllegalArgumentException.class, () -> load.add(Records.plain(6, 7)));
            load.add(Records.plain(5, 6));
            assertEquals(new IndexState(3, Records.root(3)), index.state());
            assertEquals(new IndexState(3, Records.root(3)), elsewhere.state());
            load.finish(Records.root(6));
            assertThrows(IllegalStateException.class, () -> load.finish(Records.root(6)));
        }
        assertEquals(new IndexState(6, Records.root(6)), index.state());
        assertEquals(6, index.search(Search.words("record")).matches());
        Records.add(index, Records.draft().title("record"));
        assertEquals(7, index.search(Search.words("record")).matches());
        try (elsewhere) {
            assertEquals(7, elsewhere.state().size(), "it goes on with the new one");
        }
        assertEquals("proven", index.check().holds() ? "proven" : index.check().toString());
    }

    @Test
    void aStreamIsNotCutShortByAnIndexThatWasBegunAnew() {
        int records = 3 * Pages.LENGTH;
        index.add(Records.plain(0, records), Records.root(records));
        try (MemoryIndex reader = MemoryIndex.readSqlite(file, Records.ORIGIN)) {
            var read = reader.timeline(Timeline.all()).iterator();
            assertEquals(0, read.next().index());
            index.close();
            IndexFiles.delete(file);
            index = MemoryIndex.sqlite(file, Records.ORIGIN); // as a writer does that finds none
            assertEquals(0, reader.state().size());
            String message = assertThrows(IndexDamagedException.class, () -> read.forEachRemaining(found -> {}))
                    .getMessage();
            assertTrue(message.endsWith("has 0 records, expected at least " + records), message);
        }
    }

    /** Else who opens it next would have to change it while others read it. Bytes 18 and 19: SQLite's file format, 1.3. */
    @Test
    void aLoadedFileIsInTheModeOfAWriteAheadLogBeforeItTakesItsPlace() throws Exception {
        Path loaded = file.resolveSibling("loaded.db");
        List<byte[]> files = new ArrayList<>();
        try (BulkLoad load = new SqliteBulkLoad(loaded, Records.ORIGIN, () -> files.add(read(loaded)))) {
            load.add(Records.plain(0, 3));
            load.finish(Records.root(3));
        }
        assertEquals(2, files.get(0)[18], "written");
        assertEquals(2, files.get(0)[19], "read");
        assertFalse(Files.exists(file.resolveSibling("loaded.db-wal")));
    }

    /** Who may not write beside it could not read a file in the mode of a write-ahead log, which others must clear up. */
    @Test
    void aClosedFileIsReadWithoutWritingBesideItAndGoesOnBeingReadWhenItIsWrittenAgain() throws Exception {
        index.add(Records.plain(0, 3), Records.root(3));
        index.close();
        byte[] closed = read(file);
        assertEquals(1, closed[18], "written");
        assertEquals(1, closed[19], "read");
        try (MemoryIndex reader = MemoryIndex.readSqlite(file, Records.ORIGIN)) {
            assertEquals(3, reader.search(Search.words("common")).matches());
            try (var files = Files.list(file.getParent())) {
                assertEquals(List.of(file), files.toList());
            }
            assertArrayEquals(closed, read(file));
            index = MemoryIndex.sqlite(file, Records.ORIGIN);
            for (long i = 3; i < 6; i++) {
                index.add(Records.plain(i, i + 1), Records.root(i + 1));
                assertEquals(i + 1, reader.search(Search.words("common")).matches());
            }
            assertTimeout(Duration.ofSeconds(8), index::close, "it doesn't wait for the reader");
            assertEquals(2, read(file)[18], "as the reader has it open");
            assertEquals(6, reader.search(Search.words("common")).matches());
        }
    }

    @Test
    void oneThatIsAboutToBeReplacedIsNotSaidToBeAnothers() throws Exception {
        index.add(Records.plain(0, 3), Records.root(3));
        index.close();
        Path next = file.resolveSibling("next.db");
        try (MemoryIndex successor = MemoryIndex.sqlite(next, Records.ORIGIN)) {
            successor.add(Records.plain(0, 5), Records.root(5));
        }
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sqlite.createStatement()) {
            assertEquals(1, statement.executeUpdate("DELETE FROM meta")); // as Schema.retire does
        }
        try (MemoryIndex reader = MemoryIndex.readSqlite(file, Records.ORIGIN)) {
            assertThrows(IndexReplacedException.class, reader::state);
            Files.move(next, IndexFiles.successor(file));
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try {
                Future<IndexState> asked = pool.submit(reader::state);
                Files.move(IndexFiles.successor(file), file, StandardCopyOption.ATOMIC_MOVE);
                assertEquals(5, asked.get().size());
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anAbandonedRebuildLeavesNothing() {
        index.add(Records.plain(0, 3), Records.root(3));
        BulkLoad first = index.rebuild();
        first.add(Records.plain(0, 1));
        try (BulkLoad second = index.rebuild()) {
            assertThrows(IllegalStateException.class, () -> first.add(Records.plain(1, 2)));
            second.add(Records.plain(0, 1));
        }
        assertFalse(Files.exists(IndexFiles.successor(file)));
        assertEquals(3, index.state().size());
        index.clear();
        assertEquals(IndexState.EMPTY, index.state());
        assertEquals(0, index.search(Search.words("record")).matches());
    }

    @Test
    void afterCloseEverythingIsRefused() {
        BulkLoad load = index.rebuild();
        index.close();
        index.close();
        assertThrows(IllegalStateException.class, index::state);
        assertThrows(IllegalStateException.class, () -> index.search(Search.all()));
        assertThrows(IllegalStateException.class, () -> index.add(List.of(), Records.root(0)));
        assertThrows(IllegalStateException.class, () -> index.rebuild());
        assertThrows(IllegalStateException.class, () -> load.finish(Records.root(0)));
        assertFalse(Files.exists(IndexFiles.successor(file)));
    }

    @Test
    void readersSeeWholeAdditionsWhileTheWriterAdds() throws Exception {
        try (MemoryIndex reader = MemoryIndex.readSqlite(file, Records.ORIGIN)) {
            assertThrows(UnsupportedOperationException.class, () -> reader.add(List.of(), Records.root(0)));
            assertThrows(UnsupportedOperationException.class, reader::rebuild);
            AtomicBoolean done = new AtomicBoolean();
            List<Throwable> failures = new ArrayList<>();
            Thread adder = new Thread(() -> {
                try {
                    for (long i = 0; i < 600; i += 3) {
                        index.add(Records.plain(i, i + 3), Records.root(i + 3));
                    }
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                } finally {
                    done.set(true);
                }
            });
            adder.start();
            while (!done.get()) {
                for (MemoryIndex any : List.of(reader, index)) {
                    IndexState state = any.state();
                    assertEquals(Records.root(state.size()), state.root());
                    assertEquals(0, state.size() % 3);
                    long matches = any.search(Search.words("common")).matches();
                    assertTrue(matches >= state.size() && matches % 3 == 0, state + " and " + matches);
                }
            }
            adder.join();
            assertEquals(List.of(), failures);
            assertEquals(600, reader.search(Search.all()).matches());
        }
    }
}
