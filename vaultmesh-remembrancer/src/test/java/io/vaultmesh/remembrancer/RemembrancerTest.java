package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Incident;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.Scaffold;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemembrancerTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.120Z");

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("memory");
    }

    private Remembrancer open() {
        return Remembrancer.builder(path()).clock(() -> NOON).open();
    }

    private static Deployment deployment() {
        return Deployment.of("ledger", "1.4.0")
                .artifact("ledger.jar", Hashing.sha256("jar".getBytes(UTF_8)))
                .environment("production");
    }

    private static Discovery discovery(String title) {
        return Discovery.of(title, "What was found.\n");
    }

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

    @Nested
    class BadInput {

        private String refused(Remembrancer memory, Memory<?> bad) {
            String message = assertThrows(RuntimeException.class, () -> memory.record(bad))
                    .getMessage();
            assertEquals(0, memory.timeline().count());
            return message;
        }

        @Test
        void isRefusedAndLeavesTheMemoryAsItWas() {
            try (Remembrancer memory = open()) {
                assertTrue(refused(memory, Deployment.of("ledger", "1.0")).contains("expected at least one artifact"));
                assertTrue(refused(memory, discovery("x").attribute("long", "y".repeat(65_536)))
                        .contains("expected at most 65535"));
                Hash nowhere = Hashing.sha256(new byte[0]);
                assertTrue(refused(memory, discovery("x").link(Link.Rel.AMENDS, nowhere))
                        .contains(nowhere.toString()));
                assertThrows(IllegalArgumentException.class, () -> Discovery.of("x", "half a pair \uD800"));
                assertTrue(refused(memory, discovery("x").key("half a pair \uD800"))
                        .contains("half a surrogate pair"));
                assertThrows(IllegalArgumentException.class, () -> discovery("two\nlines"));
                assertThrows(
                        IllegalStateException.class,
                        () -> discovery("x").key("a").key("b"));
                memory.record(discovery("still works"));
                memory.verifyAudit().orThrow();
            }
        }

        @Test
        void aSecondOpenerIsRefused() {
            try (Remembrancer memory = open()) {
                String message = assertThrows(IllegalStateException.class, RemembrancerTest.this::open)
                        .getMessage();
                assertTrue(message.contains("already open"), message);
                memory.record(deployment());
            }
        }

        @Test
        void aSecondProcessIsRefused() {
            try (Remembrancer memory = open()) {
                OutsideProgram.Result second = OutsideProgram.java()
                        .run(
                                directory,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Opener.class.getName(),
                                path().toString());
                assertEquals(1, second.exit(), second.toString());
                assertTrue(second.err().contains("already open for writing"), second.toString());
                memory.record(deployment());
            }
        }

        @Test
        void aDirectoryWithSomethingElseIsRefusedUntouched() throws IOException {
            Files.createDirectories(path());
            Files.writeString(path().resolve("notes.txt"), "mine");
            String message = assertThrows(IllegalArgumentException.class, RemembrancerTest.this::open)
                    .getMessage();
            assertTrue(message.contains("notes.txt") && message.contains("expected a memory"), message);
            assertEquals(List.of("notes.txt"), names(path()));
            Path file = Files.writeString(directory.resolve("file"), "x");
            assertThrows(IllegalArgumentException.class, () -> Remembrancer.open(file));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Remembrancer.builder(directory.resolve("none"))
                            .mustExist()
                            .open());
            assertFalse(Files.exists(directory.resolve("none")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"log", "author", "witness", "transport"})
        void aMissingKeyIsNamedAndNotReplaced(String role) throws IOException {
            open().close();
            Path key = path().resolve("keys/" + role + ".key");
            byte[] content = Files.readAllBytes(key);
            Files.delete(key);
            String message = assertThrows(MemoryDamagedException.class, RemembrancerTest.this::open)
                    .getMessage();
            assertTrue(message.contains(key.toString()) && message.contains("missing"), message);
            assertFalse(Files.exists(key));
            Files.write(key, content);
            open().close();
        }

        @ParameterizedTest
        @ValueSource(strings = {"log", "author"})
        void anExchangedKeyIsRefused(String role) throws IOException {
            open().close();
            Remembrancer.open(directory.resolve("other")).close();
            Files.copy(
                    directory.resolve("other/keys/" + role + ".key"),
                    path().resolve("keys/" + role + ".key"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            String message = assertThrows(MemoryDamagedException.class, RemembrancerTest.this::open)
                    .getMessage();
            assertTrue(message.startsWith("the " + role + " key is did:key:z6Mk"), message);
        }

        @Test
        void aFormatThatIsNotKnownIsRefused() throws IOException {
            open().close();
            Path file = path().resolve("memory.json");
            Files.writeString(file, Files.readString(file).replace("\"format\":1", "\"format\":2"));
            String message = assertThrows(MemoryDamagedException.class, RemembrancerTest.this::open)
                    .getMessage();
            assertTrue(message.contains("format is 2, expected 1"), message);
        }

        @Test
        void aCreationThatWasInterruptedIsFinished() throws IOException {
            open().close();
            Files.move(path().resolve("memory.json"), path().resolve("memory.json.part"));
            try (Remembrancer memory = open()) {
                assertTrue(memory.created());
                memory.record(deployment());
                memory.verifyAudit().orThrow();
            }
        }

        @Test
        void aMemoryFileThatIsGoneIsMissedIfThereAreRecords() throws IOException {
            try (Remembrancer memory = open()) {
                memory.record(deployment());
            }
            Files.move(path().resolve("memory.json"), directory.resolve("aside"));
            for (int i = 0; i < 2; i++) {
                String message = assertThrows(MemoryDamagedException.class, RemembrancerTest.this::open)
                        .getMessage();
                assertTrue(message.contains("memory.json is missing"), message);
            }
            Files.move(directory.resolve("aside"), path().resolve("memory.json"));
            open().close();
        }

        @Test
        void aNameIsCheckedAndKept() {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Remembrancer.builder(path()).name("No Spaces").open());
            assertFalse(Files.exists(path()), "nothing was made");
            try (Remembrancer memory =
                    Remembrancer.builder(path()).name("example.com/memory").open()) {
                assertEquals("example.com/memory/main", memory.verifier().name());
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Remembrancer.builder(path()).name("example.com/other").open());
        }

        @Test
        void aClosedMemorySaysSo() {
            Remembrancer memory = open();
            memory.close();
            memory.close();
            assertTrue(assertThrows(IllegalStateException.class, () -> memory.record(deployment()))
                    .getMessage()
                    .contains("closed"));
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

    @Nested
    class Audit {

        private Receipt second;

        private void remember() {
            try (Remembrancer memory = open()) {
                memory.record(deployment());
                second = memory.record(Decision.of("Use PostgreSQL", "c", "d", "e"));
                memory.record(discovery("x").link(Link.Rel.RELATES, second.id()));
            }
        }

        private Report audit() {
            try (Remembrancer memory = open()) {
                return memory.verifyAudit();
            }
        }

        /** Whether the memory refuses to open or its audit doesn't pass. */
        private boolean noticed() {
            try {
                return !audit().passed();
            } catch (MemoryDamagedException refused) {
                return true;
            }
        }

        @Test
        void namesTheEntryOfWhichAByteWasFlipped() throws IOException {
            remember();
            Path bundle = path().resolve("namespaces/main/log/tile/entries/000.p/3");
            byte[] bytes = Files.readAllBytes(bundle);
            int first = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
            bytes[2 + first + 2 + 100] ^= 1;
            Files.write(bundle, bytes);
            Report report = audit();
            assertTrue(report.failed());
            assertEquals(
                    Outcome.FAIL, report.check("main: entry 1").orElseThrow().outcome(), report.toText());
            assertFalse(report.check("main: entry 0").isPresent(), "the others are not blamed");
            assertEquals(
                    Outcome.NOT_CHECKED,
                    report.check("main: sequences").orElseThrow().outcome());
            try (Remembrancer memory = open()) {
                assertThrows(LogDamagedException.class, () -> memory.record(deployment()));
            }
        }

        @Test
        void noticesEveryFlippedByteOfLogAndBodies() throws IOException {
            remember();
            assertTrue(audit().passed());
            List<Path> files;
            try (Stream<Path> walk = Files.walk(path().resolve("namespaces"))) {
                files = walk.filter(Files::isRegularFile)
                        .filter(file ->
                                // without the right instance, it is a copy, and records nothing
                                !List.of("lock", "instance")
                                        .contains(file.getFileName().toString()))
                        .filter(file -> !isDerived(file)) // made anew where it isn't right
                        .toList();
            }
            assertTrue(files.size() >= 6, files.toString());
            for (Path file : files) {
                byte[] intact = Files.readAllBytes(file);
                // every byte of small files, and some of each larger one: its ends and every 37th
                for (int i = 0; i < intact.length; i += i < 16 || i > intact.length - 16 ? 1 : 37) {
                    byte[] flipped = intact.clone();
                    flipped[i] ^= 1;
                    Files.write(file, flipped);
                    assertTrue(noticed(), file + " byte " + i);
                }
                Files.write(file, intact);
            }
            assertTrue(audit().passed());
        }

        private static boolean isDerived(Path file) {
            return file.toString().contains("/log/index/")
                    || file.getFileName().toString().startsWith("index.db");
        }

        @Test
        void keepsAForgedEntryOfAFullBundleFromEveryAnswer() throws IOException {
            try (Remembrancer memory = open()) {
                for (int i = 0; i < 300; i++) {
                    memory.record(discovery("found number " + i));
                }
            }
            Path bundle = path().resolve("namespaces/main/log/tile/entries/000");
            String text = Files.readString(bundle, java.nio.charset.StandardCharsets.ISO_8859_1);
            int payload = text.indexOf("\"payload\":\"") + 100;
            byte[] bytes = Files.readAllBytes(bundle);
            bytes[payload] ^= 1;
            Files.write(bundle, bytes);
            try (Remembrancer memory = open()) {
                String message = assertThrows(
                                LogDamagedException.class,
                                () -> memory.timeline().toList())
                        .getMessage();
                assertTrue(message.contains("entry 0"), message);
            }
            assertEquals(
                    Outcome.FAIL, audit().check("main: entry 0").orElseThrow().outcome());
        }

        @Test
        void saysWhichBodyIsGone() throws IOException {
            remember();
            Hash digest = second.record().predicate().body().orElseThrow().digest();
            Files.delete(
                    path().resolve("namespaces/main/bodies/" + digest.toString().substring(0, 2) + "/" + digest));
            Report report = audit();
            assertEquals(
                    "body " + digest + " is missing",
                    report.check("main: entry 1").orElseThrow().detail());
            assertThrows(RuntimeException.class, report::orThrow);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "namespaces/main",
                    "namespaces/main/log",
                    "namespaces/main/log/checkpoint",
                    "namespaces/dao~x"
                })
        void missesALogThatIsGoneAndNeverBeginsASecondOneUnderItsKey(String gone) throws IOException {
            remember();
            try (Remembrancer memory = open()) {
                memory.namespace("dao:x").record(deployment());
            }
            assertTrue(audit().passed());
            Files.move(path().resolve(gone), directory.resolve("aside"));
            for (int i = 0; i < 2; i++) {
                assertTrue(audit().failed(), "audit " + i);
            }
            String name = gone.contains("dao") ? "dao:x" : "main";
            try (Remembrancer memory = open()) {
                assertThrows(
                        MemoryDamagedException.class,
                        () -> memory.namespace(name).record(deployment()));
            }
            Files.move(directory.resolve("aside"), path().resolve(gone));
            audit().orThrow();
        }

        @Test
        void findsADirectoryThatIsNoNamespaceAndMakesNoLogThere() throws IOException {
            remember();
            for (String name : List.of("NOT A NAME", "ghost")) {
                Files.createDirectories(path().resolve("namespaces").resolve(name));
                assertTrue(audit().failed());
                assertEquals(List.of(), names(path().resolve("namespaces").resolve(name)));
                Files.delete(path().resolve("namespaces").resolve(name));
            }
            Files.writeString(path().resolve("namespaces/file"), "x");
            assertTrue(audit().failed());
            Files.delete(path().resolve("namespaces/file"));
            Files.writeString(path().resolve("verifiers/NOT A NAME.vkey"), "x");
            assertTrue(audit().failed());
        }

        @ParameterizedTest
        @ValueSource(strings = {"log/checkpoint", "log/tile/0/000.p/3", "log/tile/entries/000.p/3", "log/checkpoints"})
        void reportsWhatIsNoFile(String file) throws IOException {
            remember();
            Path inTheWay = path().resolve("namespaces/main").resolve(file);
            Files.delete(inTheWay);
            Files.createDirectory(inTheWay);
            assertTrue(audit().failed());
        }

        @Test
        void passesWhileOthersRecord() throws Exception {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try (Remembrancer memory = open()) {
                Namespace namespace = memory.namespace("main");
                Future<?> writer = pool.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        namespace.record(discovery("found number " + i));
                    }
                });
                int audits = 0;
                do {
                    memory.verifyAudit().orThrow();
                    audits++;
                } while (!writer.isDone());
                writer.get();
                assertTrue(audits > 1, "only one audit ran");
            } finally {
                pool.shutdownNow();
            }
        }
    }

    /** Opens the memory that its argument names, as another process would. */
    static final class Opener {

        private Opener() {}

        public static void main(String[] args) {
            Remembrancer.open(Path.of(args[0])).close();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
