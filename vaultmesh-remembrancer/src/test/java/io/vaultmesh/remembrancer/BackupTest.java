package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.log.WriterLock;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BackupTest extends MemoryFixture {

    private Path copy;

    @BeforeEach
    void whereTheCopyIs() {
        copy = directory.resolve("copies/copy");
    }

    private static Decision decision(String title) {
        return Decision.of(title, "context of " + title, "d", "e");
    }

    /** Makes a memory with a few records in two namespaces. */
    private Receipt remember() {
        try (Remembrancer memory = open()) {
            memory.namespace("dao:x").record(decision("elsewhere"));
            memory.record(decision("kept").key("k"));
            return memory.record(deployment());
        }
    }

    private void requireNothingLeft() throws IOException {
        assertFalse(Files.exists(copy));
        Path parent = copy.getParent();
        assertEquals(List.of(), Files.exists(parent) ? names(parent) : List.of());
    }

    /** Parts of a memory may lie elsewhere, on a larger disk say, and be reached by links. */
    @Nested
    class OfLinkedParts {

        private void putElsewhere(String part) throws IOException {
            Path there = directory.resolve("elsewhere").resolve(part.replace('/', '-'));
            Files.createDirectories(there.getParent());
            Files.move(path().resolve(part), there);
            Files.createSymbolicLink(path().resolve(part), there);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"keys", "verifiers", "memory.json", "namespaces", "namespaces/main/bodies", "keys/log.key"})
        void hasWhatTheLinksLeadTo(String part) throws IOException {
            Receipt receipt = remember();
            putElsewhere(part);
            try (Remembrancer memory = open()) {
                memory.backup(copy);
            }
            assertFalse(Files.isSymbolicLink(copy.resolve(part)), "a copy stands alone");
            try (Remembrancer restored = Remembrancer.open(copy)) {
                restored.verify(receipt).orThrow();
                assertEquals(1, restored.namespace("dao:x").timeline().count());
                restored.verifyAudit().orThrow();
            }
            Remembrancer.restore(path(), directory.resolve("restored")).orThrow();
        }

        @Test
        void isRefusedWhereALinkLeadsNowhereOrToWhatCannotBeCopied() throws IOException {
            Receipt unused = remember();
            Path bodies = path().resolve("namespaces/main/bodies");
            Path strange = Files.createSymbolicLink(bodies.resolve("strange"), directory.resolve("nowhere"));
            try (Remembrancer memory = open()) {
                requireRefused(memory, strange);
                Files.delete(strange);
                try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    var bound = socket.bind(UnixDomainSocketAddress.of(strange));
                    requireRefused(memory, strange);
                    assertTrue(bound.isOpen());
                }
                Files.delete(strange);
                memory.backup(copy);
            }
        }

        private void requireRefused(Remembrancer memory, Path strange) throws IOException {
            String message = assertThrows(MemoryDamagedException.class, () -> memory.backup(copy))
                    .getMessage();
            assertTrue(message.startsWith(strange + " is neither a file nor a directory"), message);
            requireNothingLeft();
            message = assertThrows(RefutedException.class, () -> Remembrancer.restore(path(), copy))
                    .getMessage();
            assertTrue(message.startsWith(strange + " is neither a file nor a directory"), message);
            requireNothingLeft();
        }

        @Test
        void isRefusedInWhatALinkLeadsTo() throws IOException {
            Receipt unused = remember();
            putElsewhere("namespaces/main/bodies");
            Path bodies = directory.resolve("elsewhere/namespaces-main-bodies");
            List<String> before = names(bodies);
            try (Remembrancer memory = open()) {
                String message = assertThrows(
                                IllegalArgumentException.class, () -> memory.backup(bodies.resolve("copy")))
                        .getMessage();
                assertTrue(message.contains("expected a place outside of it"), message);
            }
            assertEquals(before, names(bodies));
        }
    }

    @Nested
    class Written {

        @Test
        void whileThreadsRecordHoldsAllThatWasRecordedBefore() throws Exception {
            int threads = 8;
            int most = 60; // by each: bodies are forced one by one, here and in the copy
            Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();
            CountDownLatch enough = new CountDownLatch(40);
            CountDownLatch copied = new CountDownLatch(1);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try (Remembrancer memory = open()) {
                List<Future<?>> recording = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    int thread = t;
                    recording.add(pool.submit(() -> {
                        Namespace namespace = memory.namespace(thread % 2 == 0 ? "main" : "dao:x");
                        for (int i = 0; i < most && copied.getCount() > 0; i++) {
                            String title = thread + "/" + i;
                            receipts.add(namespace.record(
                                    i % 2 == 0 ? decision(title) : deployment().attribute("number", title)));
                            enough.countDown();
                        }
                        return null;
                    }));
                }
                enough.await();
                List<Receipt> before = List.copyOf(receipts);
                try {
                    memory.backup(copy);
                } finally {
                    copied.countDown();
                }
                for (Future<?> each : recording) {
                    each.get();
                }
                try (Remembrancer restored = Remembrancer.open(copy)) {
                    restored.verifyAudit().orThrow();
                    for (Receipt receipt : before) {
                        Namespace namespace = restored.namespace(
                                receipt.record().predicate().namespace().value());
                        namespace.verify(receipt).orThrow();
                        Receipt again = namespace.receipt(receipt.id()).orElseThrow();
                        again.verify(memory.namespace(namespace.name().value()).verifier())
                                .orThrow();
                        assertEquals(
                                memory.namespace(namespace.name().value()).body(receipt.record()),
                                namespace.body(again.record()));
                    }
                }
            } finally {
                copied.countDown();
                pool.shutdownNow();
            }
        }

        @Test
        void whileNamespacesAreBegunHoldsNoneWithoutItsRegistration() throws Exception {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try (Remembrancer memory = open()) {
                // takes long to copy, after the registrations were
                try (RandomAccessFile large =
                        new RandomAccessFile(path().resolve("memory.json").toFile(), "rw")) {
                    large.setLength(64 << 20);
                }
                CountDownLatch begun = new CountDownLatch(1);
                CountDownLatch copied = new CountDownLatch(1);
                Future<?> beginning = pool.submit(() -> {
                    for (int i = 0; copied.getCount() > 0; i++) {
                        memory.namespace("begun-" + i);
                        begun.countDown();
                    }
                });
                begun.await();
                try {
                    memory.backup(copy);
                } finally {
                    copied.countDown();
                }
                beginning.get();
                assertEquals(
                        names(copy.resolve("verifiers")),
                        names(copy.resolve("namespaces")).stream()
                                .map(name -> name + ".vkey")
                                .toList());
            } finally {
                pool.shutdownNow();
            }
        }

        @Test
        void canBeReadSearchedAndAuditedAndRecordsNothing() throws IOException {
            Receipt receipt = remember();
            try (Remembrancer memory = open()) {
                memory.backup(copy);
            }
            assertEquals(List.of("copy"), names(copy.getParent()));
            assertEquals(List.of("keys", "memory.json", "namespaces", "verifiers"), names(copy));
            try (Remembrancer restored = Remembrancer.open(copy)) {
                restored.verify(receipt).orThrow();
                assertEquals(
                        receipt.id(),
                        restored.query("ledger").page().hits().get(0).receipt().id());
                assertEquals(
                        2, restored.timeline().map(MemoryRecord::id).distinct().count());
                restored.verifyAudit().orThrow();
                for (String name : List.of("main", "dao:x")) {
                    String refused = assertThrows(
                                    IllegalStateException.class,
                                    () -> restored.namespace(name).record(deployment()))
                            .getMessage();
                    assertTrue(refused.contains("is a copy"), refused);
                }
            }
        }

        @Test
        void keepsThePermissionsOfTheKeys() throws IOException {
            Receipt unused = remember();
            try (Remembrancer memory = open()) {
                memory.backup(copy);
            }
            Path keys = copy.resolve("keys");
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
            assertEquals(names(path().resolve("keys")), names(keys));
            for (String name : names(keys)) {
                assertEquals(
                        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(name))));
                assertArrayEquals(
                        Files.readAllBytes(path().resolve("keys").resolve(name)),
                        Files.readAllBytes(keys.resolve(name)));
            }
        }

        @Test
        void deletesWhatAnInterruptedOneLeftAndLeavesAloneWhatAnotherIsWriting() throws IOException {
            Path left = Files.createDirectories(copy.resolveSibling(".copy.part-1"));
            Files.createDirectories(left.resolve("copy/namespaces"));
            Files.writeString(left.resolve("copy/memory.json"), "half of");
            Path beingWritten = Files.createDirectories(copy.resolveSibling(".copy.part-2"));
            Files.writeString(beingWritten.resolve("half"), "of");
            Files.createDirectories(copy);
            Receipt unused = remember();
            try (WriterLock another = WriterLock.take(beingWritten);
                    Remembrancer memory = open()) {
                memory.backup(copy);
                assertEquals(List.of(".copy.part-2", "copy"), names(copy.getParent()));
                assertEquals(List.of("half", WriterLock.FILE), names(beingWritten), "held by " + another);
            }
            assertEquals(List.of("keys", "memory.json", "namespaces", "verifiers"), names(copy));
            try (Remembrancer restored = Remembrancer.open(copy)) {
                restored.verifyAudit().orThrow();
            }
        }

        @Test
        void atOnceWithAnotherToTheSamePlaceSucceedsOrIsRefused() throws Exception {
            int threads = 3;
            Path large = Files.write(directory.resolve("large"), new byte[16 << 20]);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try (Remembrancer memory = open()) {
                memory.record(Discovery.of("large", Body.file(large, "application/octet-stream")));
                CyclicBarrier begin = new CyclicBarrier(threads);
                List<Future<?>> copying = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    copying.add(pool.submit(() -> {
                        begin.await();
                        memory.backup(copy);
                        return null;
                    }));
                }
                List<String> refused = new ArrayList<>();
                for (Future<?> each : copying) {
                    try {
                        each.get();
                    } catch (ExecutionException e) {
                        refused.add(String.valueOf(e.getCause()));
                    }
                }
                assertEquals(threads - 1, refused.size(), refused.toString());
                for (String message : refused) {
                    assertTrue(message.startsWith(IllegalArgumentException.class.getName() + ": " + copy), message);
                    assertTrue(message.contains("is not empty"), message);
                }
            } finally {
                pool.shutdownNow();
            }
            assertEquals(List.of("copy"), names(copy.getParent()));
            try (Remembrancer restored = Remembrancer.open(copy)) {
                restored.verifyAudit().orThrow();
            }
        }

        @Test
        void intoWhatIsNotEmptyOrAFileIsRefused() throws IOException {
            Receipt unused = remember();
            Files.createDirectories(copy);
            Files.writeString(copy.resolve("mine"), "x");
            Path file = Files.writeString(directory.resolve("file"), "x");
            Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));
            try (Remembrancer memory = open()) {
                for (Path target : List.of(copy, file, link)) {
                    String message = assertThrows(IllegalArgumentException.class, () -> memory.backup(target))
                            .getMessage();
                    assertTrue(message.startsWith(target + " is not empty"), message);
                }
            }
            assertEquals(List.of("mine"), names(copy));
            assertEquals("x", Files.readString(file));
            assertEquals(List.of("copies", "file", "link", "memory"), names(directory));
        }

        @ParameterizedTest
        @ValueSource(strings = {"memory/copy", "memory/keys/deep/copy", "memory", "link/copy", "memory/../memory/copy"})
        void intoTheMemoryItselfIsRefused(String target) throws IOException {
            Receipt unused = remember();
            Files.createSymbolicLink(directory.resolve("link"), path().resolve("namespaces"));
            try (Remembrancer memory = open()) {
                String message = assertThrows(
                                IllegalArgumentException.class, () -> memory.backup(directory.resolve(target)))
                        .getMessage();
                assertTrue(message.contains("expected a place outside of it"), message);
                assertEquals(List.of("keys", "lock", "memory.json", "namespaces", "verifiers"), names(path()));
                memory.verifyAudit().orThrow();
            }
        }

        @Test
        void failsAndLeavesNothingIfANamespacesLogIsGone() throws IOException {
            Receipt unused = remember();
            Files.move(path().resolve("namespaces/dao~x/log"), directory.resolve("aside"));
            try (Remembrancer memory = open()) {
                assertThrows(RuntimeException.class, () -> memory.backup(copy));
            }
            requireNothingLeft();
        }
    }
}
