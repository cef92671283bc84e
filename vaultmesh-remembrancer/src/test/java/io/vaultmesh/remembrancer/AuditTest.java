package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import io.vaultmesh.remembrancer.audit.PinnedCheckpoint;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest extends MemoryFixture {

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
        assertEquals(Outcome.FAIL, report.check("main: entry 1").orElseThrow().outcome(), report.toText());
        assertFalse(report.check("main: entry 0").isPresent(), "the others are not blamed");
        assertEquals(
                Outcome.NOT_CHECKED,
                report.check("main: sequences").orElseThrow().outcome());
        try (Remembrancer memory = open()) {
            assertThrows(LogDamagedException.class, () -> memory.record(deployment()));
        }
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
                            LogDamagedException.class, () -> memory.timeline().toList())
                    .getMessage();
            assertTrue(message.contains("entry 0"), message);
        }
        assertEquals(Outcome.FAIL, audit().check("main: entry 0").orElseThrow().outcome());
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
            strings = {"namespaces/main", "namespaces/main/log", "namespaces/main/log/checkpoint", "namespaces/dao~x"})
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
                    MemoryDamagedException.class, () -> memory.namespace(name).record(deployment()));
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

    @Test
    void holdsTheMemoryAgainstPinnedCheckpoints() throws IOException {
        Path pinned = directory.resolve("pinned");
        try (Remembrancer memory = open()) {
            memory.record(deployment());
            memory.namespace("dao:x").record(deployment());
            Files.write(pinned, memory.namespace("dao:x").checkpoint().note().bytes());
            memory.namespace("dao:x").record(deployment());
            List<String> told = new ArrayList<>();
            AuditOptions options = AuditOptions.defaults()
                    .pinned(PinnedCheckpoint.file(pinned))
                    .progress((namespace, checked, total) -> told.add(namespace + " " + checked + "/" + total));
            Report report = memory.verifyAudit(options).orThrow();
            assertEquals(
                    "pinned checkpoint in " + pinned,
                    report.checks().get(report.checks().size() - 1).name());
            assertEquals(List.of("dao:x 2/2", "main 1/1"), told);
            Files.write(
                    pinned, Files.readString(pinned).replace("dao~x", "dao~y").getBytes(UTF_8));
            assertTrue(memory.verifyAudit(options).failed());
        }
    }

    @Test
    void holdsWhatIsPublishedAgainstPinnedCheckpointsIfALogCantBeOpened() throws IOException {
        remember();
        Path pinned = directory.resolve("pinned");
        Files.copy(path().resolve("namespaces/main/log/checkpoint"), pinned);
        Files.writeString(path().resolve("namespaces/main/log/checkpoints"), "damaged");
        try (Remembrancer memory = open()) {
            Report report = memory.verifyAudit(AuditOptions.defaults().pinned(PinnedCheckpoint.file(pinned)));
            assertTrue(report.failed());
            assertEquals(
                    Outcome.PASS,
                    report.check("pinned checkpoint in " + pinned).orElseThrow().outcome(),
                    report.toText());
        }
    }
}
