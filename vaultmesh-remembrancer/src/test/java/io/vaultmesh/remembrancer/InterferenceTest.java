package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody with access to the directory, or to the process's threads, can't make of a memory. */
class InterferenceTest extends MemoryFixture {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void aCopyBeginsNoNamespaceUnderTheNameAndKeyOfTheMemory() {
        Path copy = directory.resolve("copy");
        TrustedCheckpoint newest;
        try (Remembrancer memory = open()) {
            memory.record(deployment());
            memory.backup(copy);
            memory.namespace("dao:x").record(discovery("the memory says this"));
            newest = memory.checkpoint();
        }
        try (Remembrancer opened = Remembrancer.open(copy)) {
            String refused = assertThrows(IllegalStateException.class, () -> opened.namespace("dao:x"))
                    .getMessage();
            assertTrue(refused.contains("is a copy, and begins no namespace dao:x"), refused);
        }
        try (Remembrancer known =
                Remembrancer.builder(copy).knownElsewhere(newest).open()) {
            known.namespace("dao:y").record(discovery("goes on"));
        }
    }

    @Test
    void whatAnotherMemoryWouldHaveLoggedIsNotTakenFromTheJournal() throws IOException {
        Path journal = Path.of("namespaces", "main", "log", "journal", "0000000001");
        Path other = directory.resolve("other");
        Remembrancer.open(other).close();
        try (Remembrancer memory = open()) {
            memory.record(deployment());
            Files.copy(path().resolve(journal), other.resolve(journal)); // as if the other one had crashed
        }
        String refused =
                assertThrows(MemoryDamagedException.class, () -> use(other)).getMessage();
        assertTrue(refused.contains("entry 0 that was not recorded here"), refused);
        Files.delete(other.resolve(journal));
        try (Remembrancer again = Remembrancer.open(other)) {
            assertEquals(0, again.timeline().count());
        }
    }

    @Test
    void reindexingNeedsNoThreadOfTheCommonPool() {
        try (Remembrancer memory = open()) {
            memory.record(discovery("found by words"));
            CountDownLatch over = new CountDownLatch(1);
            for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
                ForkJoinPool.commonPool().execute(() -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            try {
                assertTimeoutPreemptively(LONG, () -> memory.namespace("main").reindex());
            } finally {
                over.countDown();
            }
            assertEquals(1, memory.query("words").page().matches());
        }
    }

    private static void use(Path memory) {
        try (Remembrancer opened = Remembrancer.open(memory)) {
            opened.namespace("main");
        }
    }

    private void makePipe(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        OutsideProgram.require("sh")
                .run(directory, "-c", "mkfifo \"$0\"", file.toString())
                .orFail();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"memory.json", "keys/author.key", "namespaces/main/log/checkpoint", "namespaces/main/bodies/part"
            })
    void aPipeInTheMemoryIsNotWaitedFor(String name) throws IOException {
        try (Remembrancer memory = open()) {
            memory.record(deployment());
        }
        makePipe(path().resolve(name));
        String refused = assertTimeoutPreemptively(LONG, () -> assertThrows(RuntimeException.class, () -> use(path())))
                .getMessage();
        assertTrue(refused.contains(path().resolve(name).toString()), refused);
    }

    @Test
    void aPipeInThePlaceOfABodyIsDamage() throws IOException {
        try (Remembrancer memory = open()) {
            Body empty = Body.text("");
            memory.record(Discovery.of("nothing was found", empty));
            String hex = empty.digest().toString();
            makePipe(path().resolve("namespaces/main/bodies")
                    .resolve(hex.substring(0, 2))
                    .resolve(hex));
            String report =
                    assertTimeoutPreemptively(LONG, () -> memory.verifyAudit().toText());
            assertTrue(report.contains("is no regular file"), report);
        }
    }

    @Test
    void aPipeIsNoArtifact() throws IOException {
        Path pipe = directory.resolve("pipe");
        makePipe(pipe);
        String refused = assertTimeoutPreemptively(
                        LONG,
                        () -> assertThrows(
                                RuntimeException.class, () -> deployment().evidence(pipe)))
                .getMessage();
        assertTrue(refused.contains(pipe + " is no regular file"), refused);
    }
}
