package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.index.IndexDamagedException;
import io.vaultmesh.remembrancer.index.Timeline;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class IndexKeepingTest extends MemoryFixture {

    private static final int RECORDS = 40;
    private static final int PAGE = 4096;

    private final List<String> progress = new ArrayList<>();
    private final List<Hash> ids = new ArrayList<>();
    private Path index;

    @BeforeEach
    void remember() {
        index = path().resolve("namespaces/main/index.db");
        try (Remembrancer memory = open()) {
            for (int i = 0; i < RECORDS; i++) {
                ids.add(memory.record(numbered(i)).id());
            }
        }
    }

    private static Discovery numbered(int number) {
        return Discovery.of("number " + number, "The report of found" + number + ".\n")
                .component("component-" + number % 3)
                .key("key " + number);
    }

    private Remembrancer watched(Path memory) {
        return Remembrancer.builder(memory)
                .clock(() -> NOON)
                .onIndexing((namespace, records, of) -> progress.add(namespace + " " + records + "/" + of))
                .open();
    }

    /** Whatever was done to the index, all that needs it works. */
    private void requireWorks(Remembrancer memory) {
        int size = ids.size();
        Receipt next = memory.record(numbered(size));
        ids.add(next.id());
        assertEquals(size, next.index());
        assertEquals(size, next.record().predicate().seq());
        for (int i : new int[] {0, 17, RECORDS - 1, size}) {
            assertEquals(ids.get(i), memory.record(numbered(i)).id(), "key " + i);
            assertEquals(
                    List.of(ids.get(i)),
                    memory.query("found" + i).stream()
                            .map(hit -> hit.receipt().id())
                            .toList());
        }
        assertEquals(
                ids.stream().toList(),
                memory.timeline(Timeline.all()).map(hit -> hit.record().id()).toList());
        memory.verifyAudit().orThrow();
    }

    enum Fate {
        ABSENT {
            @Override
            void of(Path index) throws IOException {
                Files.delete(index);
            }
        },
        EMPTIED {
            @Override
            void of(Path index) throws IOException {
                Files.write(index, new byte[0]);
            }
        },
        OF_ANOTHER_MEMORY {
            @Override
            void of(Path index) throws IOException {
                Path other = index.resolveSibling("other");
                try (Remembrancer memory = Remembrancer.open(other)) {
                    memory.record(numbered(0));
                }
                Files.copy(other.resolve("namespaces/main/index.db"), index, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        NO_DATABASE {
            @Override
            void of(Path index) throws IOException {
                Files.writeString(index, "something else\n".repeat(1000));
            }
        },
        CUT {
            @Override
            void of(Path index) throws IOException {
                try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
                    file.setLength(file.length() / 2);
                }
            }
        },
        AN_EMPTY_DIRECTORY {
            @Override
            void of(Path index) throws IOException {
                Files.delete(index);
                Files.createDirectory(index);
            }
        };

        abstract void of(Path index) throws IOException;
    }

    @Nested
    class OpenedBesideAnIndexThatIsNotOfItsLog {

        @ParameterizedTest
        @EnumSource
        void makesItAnewAndTellsHowFarItIs(Fate fate) throws IOException {
            fate.of(index);
            try (Remembrancer memory = watched(path())) {
                memory.namespace("main");
                assertEquals(List.of("main " + RECORDS + "/" + RECORDS), progress);
                requireWorks(memory);
            }
        }

        @Test
        void leavesOneThatIsUpToDateAlone() {
            try (Remembrancer memory = watched(path())) {
                requireWorks(memory);
            }
            assertEquals(List.of(), progress);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5})
        void worksThoughPagesOfItWereOverwritten(int step) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
                for (long page = step; page * PAGE < file.length(); page += step) {
                    file.seek(page * PAGE);
                    file.write(new byte[PAGE / 2]);
                }
            }
            try (Remembrancer memory = watched(path())) {
                if (step > 1) { // what nobody has read yet may be damaged still
                    assertEquals(ids.get(3), memory.record(numbered(3)).id());
                    memory.namespace("main").reindex();
                }
                requireWorks(memory);
            }
        }

        @Test
        void worksThoughPagesAreOverwrittenWhileItIsOpen() throws IOException {
            try (Remembrancer memory = watched(path())) {
                assertEquals(1, memory.query("found7").page().matches());
                try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
                    for (long page = 0; page * PAGE < file.length(); page++) {
                        file.seek(page * PAGE);
                        file.write(new byte[PAGE]);
                    }
                }
                for (int i = 0; i < RECORDS; i++) {
                    assertEquals(ids.get(i), memory.record(numbered(i)).id());
                    assertEquals(1, memory.query("found" + i).page().matches(), "found" + i);
                }
                memory.namespace("main").reindex();
                requireWorks(memory);
            }
        }

        @Test
        void bringsOneOfAnEarlierDayUpToDateWithoutMakingItAnew() throws IOException {
            Path old = Files.copy(index, directory.resolve("old"));
            try (Remembrancer memory = open()) {
                for (int i = 0; i < 10; i++) {
                    ids.add(memory.record(numbered(ids.size())).id());
                }
            }
            Files.move(old, index, StandardCopyOption.REPLACE_EXISTING);
            try (Remembrancer memory = watched(path())) {
                requireWorks(memory);
            }
            assertEquals(List.of(), progress);
        }

        @Test
        void dropsOneThatIsAheadOfAShorterCopy() throws IOException {
            Path shorter = directory.resolve("shorter");
            Hash beyond;
            try (Remembrancer memory = open()) {
                memory.backup(shorter);
                beyond = memory.record(numbered(RECORDS)).id();
            }
            Files.copy(index, shorter.resolve("namespaces/main/index.db"));
            try (Remembrancer copy = watched(shorter)) {
                assertEquals(0, copy.query("found" + RECORDS).page().matches());
                assertEquals(1, copy.query("found7").page().matches());
                assertTrue(copy.receipt(beyond).isEmpty());
                copy.verifyAudit().orThrow();
            }
            assertEquals(List.of("main " + RECORDS + "/" + RECORDS), progress);
        }

        @Test
        void recordsThoughADirectoryWithSomethingIsInItsPlaceAndSearchesOnceItIsGone() throws IOException {
            Files.delete(index);
            Files.createDirectories(index.resolve("mine"));
            try (Remembrancer memory = watched(path())) {
                Receipt receipt = memory.record(discovery("without an index"));
                assertEquals(RECORDS, receipt.record().predicate().seq());
                for (Executable needsIt :
                        List.<Executable>of(() -> memory.query("found7").page(), () -> memory.record(numbered(7)))) {
                    String message =
                            assertThrows(UncheckedIOException.class, needsIt).getMessage();
                    assertTrue(message.contains(index.toString()), message);
                }
                Report audit = memory.verifyAudit();
                assertEquals(
                        Outcome.FAIL, audit.check("main: index").orElseThrow().outcome());
                assertEquals(1, audit.checks(Outcome.FAIL).size(), audit.toText());
                Files.delete(index.resolve("mine"));
                ids.add(receipt.id());
                requireWorks(memory);
            }
        }
    }

    @Nested
    class TamperedWith {

        private void sql(String change) throws SQLException {
            try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + index);
                    Statement statement = sqlite.createStatement()) {
                assertTrue(statement.executeUpdate(change) > 0, change);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE record SET title = 'number 8, and approved' WHERE idx = 8",
                    "UPDATE record SET component = (SELECT component FROM record WHERE idx = 9) WHERE idx = 8",
                    "UPDATE record SET at = at - 86400000 WHERE idx = 8",
                    "UPDATE record SET kind = 'incident' WHERE idx = 8",
                    "UPDATE record SET version = '2' WHERE idx = 8",
                    "UPDATE record SET id = (SELECT id FROM record WHERE idx = 9) WHERE idx = 8"
                })
        void isNamedByTheAuditAndItsHitsProveNothing(String change) throws SQLException {
            try (Remembrancer memory = open()) {
                Hit before = memory.query("found8").page().hits().get(0);
                sql(change);
                Hit hit = memory.query("found8").page().hits().get(0);
                String message =
                        assertThrows(IndexDamagedException.class, hit::receipt).getMessage();
                assertTrue(message.contains("make the index anew"), message);
                assertThrows(IndexDamagedException.class, hit::record);
                assertEquals(ids.get(8), before.receipt().id(), "what was found before still proves itself");
                requireFoundByTheAudit(memory);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE record SET key = NULL WHERE idx = 8",
                    "UPDATE record SET seq = 99 WHERE idx = 8",
                    "UPDATE record SET body_size = 1 WHERE idx = 8",
                    "DELETE FROM record WHERE idx = 8"
                })
        void isNamedByTheAuditThoughNoHitShowsIt(String change) throws SQLException {
            try (Remembrancer memory = open()) {
                sql(change);
                requireFoundByTheAudit(memory);
            }
        }

        private void requireFoundByTheAudit(Remembrancer memory) {
            Report audit = memory.verifyAudit();
            Check check = audit.check("main: index of entry 8").orElseThrow();
            assertEquals(Outcome.FAIL, check.outcome());
            assertTrue(
                    check.detail().contains(ids.get(8).toString())
                            && check.detail().contains("make the index anew"),
                    check.detail());
            assertTrue(
                    audit.checks(Outcome.FAIL).stream()
                            .allMatch(each -> each.name().startsWith("main: index")),
                    audit.toText());
            memory.namespace("main").reindex();
            requireWorks(memory);
        }

        @Test
        void isMadeAnewWhenItIsOpenedIfTheLastRowIsMissing() throws SQLException {
            sql("DELETE FROM record WHERE idx = " + (RECORDS - 1));
            try (Remembrancer memory = watched(path())) {
                requireWorks(memory);
            }
            assertEquals(List.of("main " + RECORDS + "/" + RECORDS), progress);
        }

        @Test
        void findsARecordAgainWhoseWordsWereTakenOut() throws SQLException {
            try (Remembrancer memory = open()) {
                sql("INSERT INTO words(words) VALUES('delete-all')");
                assertEquals(0, memory.query("found8").page().matches());
                memory.namespace("main").reindex();
                requireWorks(memory);
            }
        }
    }

    @Nested
    class MadeAnew {

        @Test
        void isSearchedAndWrittenMeanwhile() throws Exception {
            try (Remembrancer memory = Remembrancer.builder(path())
                    .clock(() -> NOON)
                    .onIndexing((namespace, records, of) -> recordInTheMiddle.run())
                    .open()) {
                recordInTheMiddle = () -> {
                    recordInTheMiddle = () -> {};
                    ids.add(memory.record(discovery("in the middle")).id());
                };
                memory.namespace("main").reindex();
                assertEquals(RECORDS + 1, ids.size());
                requireWorks(memory);
                assertEquals(
                        ids.stream().toList(),
                        memory.timeline().map(MemoryRecord::id).toList());
            }
        }

        private Runnable recordInTheMiddle = () -> {};
    }
}
