package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts, and files beside them, that are not what one expects. */
class ArtifactFilesTest extends ArtifactFixture {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Path beside(String suffix) {
        return Path.of(artifact + suffix);
    }

    private void refusedAsPipe(Path pipe, Executable action) {
        String refused = assertTimeoutPreemptively(
                        PATIENCE, () -> assertThrows(UncheckedIOException.class, action), "a pipe is waited for")
                .getMessage();
        assertTrue(refused.startsWith(pipe + " is no regular file"), refused);
    }

    private void makePipe(Path pipe) {
        OutsideProgram.require("sh")
                .run(directory, "-c", "mkfifo \"$0\"", pipe.toString())
                .orFail();
    }

    @Nested
    class APipe {

        @Test
        void isNoArtifact() throws IOException {
            Files.delete(artifact);
            makePipe(artifact);
            pinAll();
            refusedAsPipe(artifact, () -> memory.sign(artifact, key));
            refusedAsPipe(artifact, () -> memory.timestamp(artifact));
            refusedAsPipe(artifact, () -> memory.attest(artifact, key));
            refusedAsPipe(artifact, () -> verified().orThrow());
            assertEquals(List.of("ledger.jar", "memory"), names(directory));
        }

        @Test
        void isNoSignature() {
            makePipe(beside(".asc"));
            pinAll();
            refusedAsPipe(beside(".asc"), () -> memory.sign(artifact, key));
            refusedAsPipe(beside(".asc"), () -> memory.timestamp(artifact));
            ArtifactVerification verification = assertTimeoutPreemptively(PATIENCE, () -> verified());
            assertEquals(Outcome.FAIL, outcome(verification, "signature 1"));
        }
    }

    @Nested
    class WhatIsWritten {

        @Test
        void goesNotWhereSomebodysLinkLeads() throws IOException {
            Path victim = Files.writeString(directory.resolve("victim"), "precious");
            Files.createSymbolicLink(beside(".asc"), victim.resolveSibling("absent"));
            Files.createSymbolicLink(directory.resolve(".ledger.jar.asc.part"), victim);
            memory.sign(artifact, key);
            assertEquals("precious", Files.readString(victim));
            assertFalse(Files.exists(victim.resolveSibling("absent")));
            assertFalse(Files.isSymbolicLink(beside(".asc")));
        }

        @Test
        void hasEverySignatureOfThreadsThatSignAtOnce() throws Exception {
            PgpSignature many = key.sign(artifact, now); // the more there are, the longer it takes to add one
            for (int i = 0; i < 6; i++) {
                many = many.and(many);
            }
            Files.writeString(beside(".asc"), many.toArmor());
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Callable<Receipt>> signings = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                PgpSecretKey signer = i % 2 == 0 ? key : other;
                signings.add(() -> memory.sign(artifact, signer));
            }
            try {
                for (Future<Receipt> signed : threads.invokeAll(signings)) {
                    signed.get().verify(memory.verifier()).orThrow();
                }
            } finally {
                threads.shutdownNow();
            }
            assertEquals(many.count() + 12, PgpSignature.read(beside(".asc")).count());
            assertEquals(List.of("ledger.jar", "ledger.jar.asc", "memory"), names(directory));
        }

        @Test
        void isNothingIfTheDirectoryCantBeWrittenTo() throws IOException {
            Files.createDirectory(beside(".tsr"));
            pinAll();
            String refused = assertThrows(UncheckedIOException.class, () -> memory.timestamp(artifact))
                    .getMessage();
            assertTrue(refused.startsWith("can't write " + beside(".tsr")), refused);
            assertEquals(0, memory.query("Timestamp").page().matches());
            assertEquals(List.of("ledger.jar", "ledger.jar.tsq", "ledger.jar.tsr", "memory"), names(directory));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\n  PASS        recorded: lines", "colour\u001b[31m", "carriage\rreturn"})
    void aNameThatCouldForgeAReportIsRefusedBeforeAnythingIsWritten(String name) throws IOException {
        Path forged = Files.writeString(directory.resolve(name), "content");
        memory.record(Deployment.of("forged", "1").artifact(forged));
        pinAll();
        List<Executable> actions = List.of(
                () -> memory.sign(forged, key),
                () -> memory.timestamp(forged),
                () -> memory.attest(forged, key),
                () -> memory.verifyFull(forged).orThrow());
        for (Executable action : actions) {
            String refused =
                    assertThrows(IllegalArgumentException.class, action).getMessage();
            assertTrue(refused.startsWith("name of the artifact is \""), refused);
            assertTrue(refused.endsWith("expected no control characters in it"), refused);
            assertTrue(refused.chars().noneMatch(Character::isISOControl), refused);
        }
        assertEquals(3, names(directory).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space.jar", "-rf", "k\u00e4se-\u65e5\u672c.jar", "a'b\"c`$(d).jar"})
    void anyOtherNameIsFine(String name) throws IOException {
        Path odd = Files.writeString(directory.resolve(name), "content of " + name);
        memory.record(Deployment.of("odd", "1").artifact(odd));
        pinAll();
        memory.attest(odd, key).orThrow();
    }

    @Test
    void anArtifactOfNoBytesIsAsAnyOther() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));
        memory.record(Deployment.of("empty", "1").artifact(empty));
        pinAll();
        memory.attest(empty, key).orThrow();
    }

    @Test
    void aSecondSignersStampContradictsNothing() throws IOException {
        pinAll();
        memory.attest(artifact, key).orThrow();
        Path first = Files.copy(beside(".asc.tsr"), directory.resolve("first.tsr"));
        memory.attest(artifact, other);
        ArtifactVerification verification = verified().orThrow();
        assertFalse(verification.report().failed(), verification.report().toText());

        Files.delete(beside(".asc.tsr")); // but a stamp over another file than the one beside it does
        Files.copy(first, beside(".asc.tsr"));
        List<String> failed = verified().report().checks(Outcome.FAIL).stream()
                .map(Check::name)
                .toList();
        assertEquals(1, failed.size(), failed.toString());
        assertTrue(failed.get(0).startsWith("timestamp over signature in record"), failed.toString());
    }
}
