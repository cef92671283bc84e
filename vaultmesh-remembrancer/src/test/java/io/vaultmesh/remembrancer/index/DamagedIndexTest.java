package io.vaultmesh.remembrancer.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies where the index ought to be: it is begun anew, or says that it is damaged. */
class DamagedIndexTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void make() {
        file = directory.resolve("index.db");
        try (MemoryIndex index = open()) {
            index.add(Records.plain(0, 400), Records.root(400));
        }
    }

    private MemoryIndex open() {
        return MemoryIndex.sqlite(file, Records.ORIGIN);
    }

    private MemoryIndex read() {
        return MemoryIndex.readSqlite(file, Records.ORIGIN);
    }

    private void assertBegunAnew() {
        try (MemoryIndex index = read()) {
            RuntimeException none = assertThrows(RuntimeException.class, index::state);
            assertTrue(
                    none instanceof IndexDamagedException
                            || Files.isDirectory(file) && none instanceof UncheckedIOException,
                    none.toString());
        }
        try (MemoryIndex index = open()) {
            assertEquals(IndexState.EMPTY, index.state());
            index.add(Records.plain(0, 2), Records.root(2));
            assertEquals(2, index.search(Search.words("common")).matches());
        }
        try (MemoryIndex index = read()) {
            assertEquals(2, index.state().size());
        }
    }

    private void sql(String... statements) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void aSoundOneIsKept() {
        try (MemoryIndex index = open()) {
            assertEquals(400, index.state().size());
        }
        assertTrue(Files.exists(file));
    }

    @Test
    void anAbsentOneIsBegun() throws IOException {
        Files.delete(file);
        assertBegunAnew();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "SQLite format 3\0",
                "This is a text file, longer than a header of SQLite is, which has 100 bytes."
            })
    void aFileThatIsNoDatabaseIsReplaced(String content) throws IOException {
        Files.writeString(file, content.repeat(3));
        assertBegunAnew();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRAGMA application_id = 1",
                "PRAGMA user_version = 3",
                "UPDATE meta SET format = 3",
                "UPDATE meta SET origin = 'other.example/main'",
                "UPDATE meta SET size = 399",
                "UPDATE meta SET root = x'00'",
                "DELETE FROM meta",
                "DROP TABLE link",
                "DROP INDEX record_at",
                "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM link; END",
                "CREATE TABLE more(x)",
            })
    void aDatabaseThatIsNotOursIsReplaced(String change) throws Exception {
        sql(change);
        assertBegunAnew();
    }

    @Test
    void theIndexOfAnotherLogIsReplaced() {
        try (MemoryIndex index = MemoryIndex.readSqlite(file, "other.example/main")) {
            String message =
                    assertThrows(IndexDamagedException.class, index::state).getMessage();
            assertTrue(message.endsWith("is not the index of other.example/main; its writer makes that"), message);
        }
        try (MemoryIndex index = MemoryIndex.sqlite(file, "other.example/main")) {
            assertEquals(IndexState.EMPTY, index.state());
        }
    }

    @Test
    void whatACrashLeftBesideItIsNotTakenForItsOwn() throws IOException {
        Files.delete(file);
        Files.write(directory.resolve("index.db-wal"), new byte[5000]);
        Files.writeString(directory.resolve("index.db-journal"), "x".repeat(5000));
        Files.writeString(directory.resolve("index.db.new"), "half");
        assertBegunAnew();
        assertFalse(Files.exists(directory.resolve("index.db.new")));
    }

    @Test
    void aDirectoryInItsPlaceIsReplacedOnlyIfEmpty() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        assertBegunAnew();
        Files.delete(file);
        Files.createDirectory(file);
        Files.writeString(file.resolve("precious"), "x");
        assertThrows(UncheckedIOException.class, this::open);
        assertTrue(Files.exists(file.resolve("precious")));
    }

    /** Uses all of an index: nothing but our exceptions, and none once it is rebuilt. */
    private void use(MemoryIndex index) {
        assertEquals(Records.plain(0, 400).size(), index.rows(0, 400).count());
        assertEquals(400, index.timeline(Timeline.all()).count());
        assertEquals(0, index.components(Timeline.all()).count());
        assertEquals(
                400, index.search(Search.words("common").limit(1000)).hits().size());
        assertEquals(1, index.search(Search.words("399")).matches());
        index.add(Records.plain(400, 401), Records.root(401));
    }

    private void assertDamagedOrSound() {
        try (MemoryIndex index = open()) {
            try {
                if (index.state().size() > 0) {
                    use(index);
                }
            } catch (IndexDamagedException
                    | AssertionError e) { // an assertion: it lacks something, which an audit finds
                assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
            try (BulkLoad load = index.rebuild()) {
                load.add(Records.plain(0, 400));
                load.finish(Records.root(400));
            }
            use(index);
            assertTrue(index.check().holds(), () -> index.check().toString());
        }
    }

    @Test
    void flippedBytesAreFoundOrDoNoHarm() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 20; i++) {
            byte[] flipped = sound.clone();
            for (int k = 0; k < 20; k++) {
                flipped[random.nextInt(i < 5 ? 4096 : flipped.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(file, flipped);
            assertDamagedOrSound();
        }
    }

    @Test
    void truncatedFilesAreFoundOrBegunAnew() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        for (int length :
                new int[] {1, 99, 100, 512, 4095, 4096, 8192, sound.length / 2, sound.length - 4096, sound.length - 1
                }) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertDamagedOrSound();
        }
    }

    @Test
    void damageThatIsFoundLaterIsSaidAndRepairedByRebuilding() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4096 * 3, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        try (MemoryIndex index = open()) {
            if (index.state().size() > 0) {
                assertFalse(index.check().holds());
            }
        }
        assertDamagedOrSound();
    }

    @Test
    void aValueThatNoRecordHasIsDamage() throws Exception {
        sql("UPDATE record SET kind = 'rumour' WHERE idx = 7");
        try (MemoryIndex index = open()) {
            assertTrue(index.check().holds());
            assertThrows(IndexDamagedException.class, () -> index.rows(0, 10).toList());
            assertThrows(IndexDamagedException.class, () -> index.search(Search.words("7")));
        }
    }

    @Test
    void aRecordThatIsInTheWayIsDamageAndNothingIsAdded() throws Exception {
        try (MemoryIndex index = open()) {
            sql(
                    "INSERT INTO record SELECT 400, id, kind, author, seq, at, title, component, version, key, body_digest, "
                            + "body_size, body_type FROM record WHERE idx = 0");
            assertThrows(IndexDamagedException.class, () -> index.add(Records.plain(400, 402), Records.root(402)));
            assertEquals(400, index.state().size());
        }
        assertBegunAnew();
    }

    @Test
    void aFileThatIsRemovedMeanwhileIsDamage() throws IOException {
        try (MemoryIndex index = open()) {
            Files.delete(file);
            assertThrows(IndexDamagedException.class, index::state);
            index.clear();
            assertEquals(IndexState.EMPTY, index.state());
        }
    }

    @Test
    void anotherWriterIsInTheWayOfNothingButWriting() {
        try (MemoryIndex index = open();
                MemoryIndex other = open()) {
            index.add(Records.plain(400, 401), Records.root(401));
            assertThrows(IllegalArgumentException.class, () -> other.add(Records.plain(400, 401), Records.root(401)));
            assertEquals(401, other.state().size());
        }
    }

    @Test
    void afterAKillEitherAllOfAnAdditionIsThereOrNothing() throws IOException {
        Path copies = Files.createDirectory(directory.resolve("copies"));
        try (MemoryIndex index = open()) {
            for (long i = 400; i < 430; i++) {
                index.add(Records.plain(i, i + 1), Records.root(i + 1));
                Path copy = copies.resolve(i + ".db");
                for (String suffix : List.of("", "-wal")) {
                    Files.copy(directory.resolve("index.db" + suffix), copies.resolve(i + ".db" + suffix));
                }
                byte[] wal = Files.readAllBytes(copies.resolve(i + ".db-wal"));
                Files.write(copies.resolve(i + ".db-wal"), Arrays.copyOf(wal, wal.length - (int) (i % 3) * 1000));
                try (MemoryIndex killed = MemoryIndex.sqlite(copy, Records.ORIGIN)) {
                    long size = killed.state().size();
                    assertTrue(i % 3 == 0 ? size == i + 1 : size == i || size == i + 1, size + " after " + i);
                    assertEquals(Records.root(size), killed.state().root());
                    assertEquals(size, killed.rows(0, 1000).count());
                    assertEquals(size, killed.search(Search.words("common")).matches());
                }
            }
        }
    }
}
