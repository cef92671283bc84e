package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Incident;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.Scaffold;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemembrancerTest extends MemoryFixture {
    @Nested
    class Recording {

        @Test
        void everyKindGivesAReceiptThatVerifiesFromItsBytes() throws IOException {
            Path project = Files.createDirectories(directory.resolve("ledger/.vaultmesh"))
                    .getParent();
            Files.writeString(
                    project.resolve(Scaffold.MANIFEST),
                    "{\"files\":[],\"format\":1,\"spec\":{\"language\":\"python\",\"name\":\"ledger\",\"type\":\"service\"}}");
            List<Memory<?>> memories = List.of(
                    Scaffold.of(project),
                    deployment(),
                    Decision.of("Use PostgreSQL", "We need joins.", "PostgreSQL 15.", "We run it.")
                            .component("ledger"),
                    Incident.of("Ledger down", Incident.Severity.CRITICAL, "Disk full.")
                            .component("ledger"),
                    discovery("Index bloat").component("ledger"));
            try (Remembrancer memory = open()) {
                List<Receipt> receipts = new ArrayList<>();
                memories.forEach(each -> receipts.add(memory.record(each)));
                for (int i = 0; i < receipts.size(); i++) {
                    Receipt read = Receipt.parse(receipts.get(i).bytes());
                    read.verify(memory.verifier()).orThrow();
                    assertTrue(memory.verify(read).holds());
                    assertEquals(memories.get(i).kind(), read.record().kind());
                    assertEquals("ledger", read.record().predicate().component().orElseThrow());
                    assertEquals(i, read.index());
                    assertEquals(i, read.record().predicate().seq());
                    assertEquals(NOON, read.record().predicate().at());
                    assertEquals(
                            receipts.get(i).id(),
                            memory.receipt(read.id()).orElseThrow().id());
                }
                assertEquals(
                        List.of(Kind.SCAFFOLD, Kind.DEPLOYMENT, Kind.DECISION, Kind.INCIDENT, Kind.DISCOVERY),
                        memory.timeline().map(MemoryRecord::kind).toList());
                memory.verifyAudit().orThrow();
            }
        }

        @Test
        void aDecisionsBodyIsKeptBesideTheLog() {
            try (Remembrancer memory = open()) {
                Receipt receipt = memory.record(Decision.of("Use PostgreSQL", "joins", "PostgreSQL", "backups"));
                assertEquals(
                        "# Use PostgreSQL\n\n## Context\n\njoins\n\n## Decision\n\nPostgreSQL\n\n## Consequences\n\nbackups\n",
                        memory.namespace("main").body(receipt.record()).orElseThrow());
                assertTrue(memory.namespace("main")
                        .body(memory.record(deployment()).record())
                        .isEmpty());
            }
        }

        @Test
        void survivesReopening() {
            Hash id;
            try (Remembrancer memory = open()) {
                assertTrue(memory.created());
                id = memory.record(deployment()).id();
            }
            try (Remembrancer memory = open()) {
                assertFalse(memory.created());
                assertEquals(id, memory.receipt(id).orElseThrow().id());
                assertEquals(1, memory.record(deployment()).record().predicate().seq());
                memory.verifyAudit().orThrow();
            }
        }

        @Test
        void survivesAProcessThatNeverClosed() throws IOException {
            try (Remembrancer memory = open()) {
                Receipt receipt = memory.record(deployment());
                copy(path(), directory.resolve("crashed"));
                try (Remembrancer copy = Remembrancer.open(directory.resolve("crashed"))) {
                    String message = assertThrows(IllegalStateException.class, () -> copy.record(discovery("late")))
                            .getMessage();
                    assertTrue(message.contains("is a copy of the log"), message);
                }
                try (Remembrancer after = Remembrancer.builder(directory.resolve("crashed"))
                        .knownElsewhere(memory.checkpoint())
                        .open()) {
                    assertEquals(
                            receipt.bytes().length,
                            after.receipt(receipt.id()).orElseThrow().bytes().length);
                    after.verifyAudit().orThrow();
                }
            }
        }

        @Test
        void toldListenersOnceItIsDurableAndOutlivesTheirFailures() {
            List<Hash> told = new ArrayList<>();
            try (Remembrancer memory = open()) {
                memory.onRecord(receipt -> {
                    throw new IllegalStateException("on purpose");
                });
                memory.onRecord(receipt -> {
                    assertTrue(memory.receipt(receipt.id()).isPresent());
                    told.add(receipt.id());
                });
                Hash id = memory.record(deployment().key("k")).id();
                memory.record(deployment().key("k"));
                assertEquals(List.of(id), told, "a record that is not new is not told");
            }
        }

        @Test
        void isNotToldToWhoListensNoMore() {
            List<Hash> told = new ArrayList<>();
            try (Remembrancer memory = open()) {
                Consumer<Receipt> listener = receipt -> told.add(receipt.id());
                Listening once = memory.onRecord(listener);
                Listening again = memory.onRecord(listener);
                once.close();
                once.close();
                Hash id = memory.record(deployment().key("k")).id();
                assertEquals(List.of(id), told, "the same listener, added twice and removed once");
                again.close();
                memory.record(deployment().key("l"));
                assertEquals(List.of(id), told);
            }
        }

        @Test
        void isDoneWhateverAListenerThrows() {
            try (Remembrancer memory = open()) {
                memory.onRecord(receipt -> {
                    throw new AssertionError("on purpose");
                });
                assertEquals(0, memory.record(deployment()).index());
            }
        }

        @Test
        void byManyThreadsGivesEachItsOwnPlace() throws Exception {
            int threads = 8;
            int each = 10;
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try (Remembrancer memory = open()) {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<List<Receipt>>> all = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    int thread = t;
                    all.add(pool.submit(() -> {
                        start.await();
                        List<Receipt> receipts = new ArrayList<>();
                        for (int i = 0; i < each; i++) {
                            receipts.add(memory.record(discovery("found " + thread + "/" + i)));
                        }
                        return receipts;
                    }));
                }
                start.countDown();
                Set<Long> indexes = new TreeSet<>();
                for (Future<List<Receipt>> receipts : all) {
                    for (Receipt receipt : receipts.get()) {
                        assertTrue(memory.verify(receipt).holds());
                        indexes.add(receipt.index());
                    }
                }
                assertEquals(threads * each, indexes.size());
                memory.verifyAudit().orThrow();
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Nested
    class Idempotency {

        @Test
        void ofAKeyGivesTheFirstReceiptForTheSameContent() {
            Hash first;
            try (Remembrancer memory = open()) {
                first = memory.record(deployment().key("deploy/ledger")).id();
                assertEquals(
                        first, memory.record(deployment().key("deploy/ledger")).id());
            }
            try (Remembrancer memory = Remembrancer.open(path())) {
                assertEquals(
                        first, memory.record(deployment().key("deploy/ledger")).id(), "another time, another day");
                assertEquals(1, memory.timeline().count());
            }
        }

        @Test
        void ofAKeyRefusesOtherContentAndNamesTheFirst() {
            try (Remembrancer memory = open()) {
                Hash first = memory.record(deployment().key("k")).id();
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> memory.record(
                                        deployment().attribute("canary", true).key("k")))
                        .getMessage();
                assertTrue(message.contains(first.toString()), message);
                assertEquals(1, memory.timeline().count());
            }
        }

        @Test
        void withoutAKeyEveryCallIsARecord() {
            try (Remembrancer memory = open()) {
                assertNotEquals(
                        memory.record(deployment()).id(),
                        memory.record(deployment()).id());
            }
        }
    }

    @Nested
    class Namespaces {

        @Test
        void haveLogsOfTheirOwn() {
            try (Remembrancer memory = open()) {
                Receipt main = memory.record(deployment());
                Receipt dao = memory.namespace("dao:vaultmesh").record(discovery("elsewhere"));
                assertEquals(0, dao.index());
                assertTrue(
                        dao.verify(memory.namespace("dao:vaultmesh").verifier()).holds());
                assertFalse(dao.verify(memory.verifier()).holds());
                assertFalse(memory.namespace("dao:vaultmesh").verify(main).holds());
                assertTrue(memory.receipt(dao.id()).isEmpty());
                assertTrue(memory.namespace("dao:vaultmesh").verifier().name().endsWith("/dao~vaultmesh"));
                assertTrue(Files.isDirectory(path().resolve("namespaces/dao~vaultmesh/log")));
                Report audit = memory.verifyAudit().orThrow();
                assertTrue(audit.check("dao:vaultmesh: root").isPresent());
                assertTrue(audit.check("main: root").isPresent());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "..", "a/b", "A", "a:b:c:d:e", "a::b", "-a", "a~b", "é"})
        void withOtherNamesAreRefused(String name) {
            try (Remembrancer memory = open()) {
                String message = assertThrows(IllegalArgumentException.class, () -> memory.namespace(name))
                        .getMessage();
                assertTrue(message.contains("\"" + name + "\""), message);
            }
        }
    }

    @Test
    void keysAreForTheirOwnerOnly() throws IOException {
        open().close();
        assertEquals(List.of("author.key", "log.key", "transport.key", "witness.key"), names(path().resolve("keys")));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path().resolve("keys"))));
        for (String name : names(path().resolve("keys"))) {
            Path key = path().resolve("keys").resolve(name);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        }
    }
}
