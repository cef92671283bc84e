package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampEndpoint;
import io.vaultmesh.remembrancer.trust.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ArtifactsTest extends ArtifactFixture {

    @Nested
    class Attested {

        @BeforeEach
        void attest() {
            pinAll();
            memory.attest(artifact, key).orThrow();
        }

        @Test
        void everythingIsCheckedOrSaidToBeAbsent() {
            ArtifactVerification verification = verified().orThrow();
            assertEquals(Hashing.sha256(artifact), verification.digest());
            assertEquals(memory.trust().store().digest(), verification.trust());
            assertEquals(
                    List.of(
                            "PASS hash",
                            "PASS trust",
                            "PASS recorded",
                            "PASS inclusion",
                            "PASS signature 1",
                            "PASS timestamp over signature in "
                                    + verification
                                            .report()
                                            .checks()
                                            .get(4)
                                            .detail()
                                            .split(":")[0],
                            "PASS timestamp over ledger.jar",
                            "ABSENT anchors",
                            "NOT_CHECKED cosignatures"),
                    verification.report().checks().stream()
                            .map(check -> check.outcome() + " " + check.name())
                            .toList());
            memory.verifyAudit().orThrow();
        }

        @Test
        void gpgAndOpensslAgree() throws IOException {
            Path certificate = Files.writeString(
                    directory.resolve("key.asc"), key.certificate().toArmor());
            Path root = Files.write(
                    directory.resolve("root.pem"), authority.anchor().toPem().getBytes(UTF_8));
            Path home = Files.createDirectory(directory.resolve("g"));
            OutsideProgram gpg = OutsideProgram.require("gpg");
            gpg.run(directory, "--homedir", home.toString(), "--batch", "--import", certificate.toString())
                    .orFail();
            gpg.run(directory, "--homedir", home.toString(), "--batch", "--verify", "ledger.jar.asc", "ledger.jar")
                    .orFail();
            OutsideProgram openssl = OutsideProgram.require("openssl");
            for (String stamped : List.of("ledger.jar", "ledger.jar.asc")) {
                openssl.run(
                                directory,
                                "ts",
                                "-verify",
                                "-data",
                                stamped,
                                "-in",
                                stamped + ".tsr",
                                "-CAfile",
                                root.toString(),
                                "-attime",
                                Long.toString(NOON.getEpochSecond()))
                        .orFail();
                openssl.run(directory, "ts", "-query", "-in", stamped + ".tsq", "-text")
                        .orFail();
            }
        }

        @Test
        void withoutTheFilesBesideItTheRecordsAreEnough() throws IOException {
            for (String suffix : List.of(".asc", ".tsq", ".tsr", ".asc.tsq", ".asc.tsr")) {
                Files.delete(Path.of(artifact + suffix));
            }
            ArtifactVerification verification = memory.artifacts("main")
                    .verifyFull(artifact, VerificationPolicy.defaults().withTimestamps())
                    .orThrow();
            assertEquals(Outcome.ABSENT, outcome(verification, "signature file"));
        }

        @Test
        void anotherArtifactOfThatNameIsNotTheRecordedOne() throws IOException {
            Files.writeString(artifact, "bytes of a Jar");
            ArtifactVerification verification = verified();
            refuted("recorded: no deployment of an artifact with this hash", verification);
            assertEquals(Outcome.FAIL, outcome(verification, "signature 1"));
            Files.delete(Path.of(artifact + ".asc"));
            refuted("expected 1", verified());
        }

        @Test
        void aSignatureThatWasExchangedFailsAndTheRecordedOneStillCounts() throws IOException {
            Files.writeString(
                    Path.of(artifact + ".asc"), other.sign(artifact, now).toArmor());
            ArtifactVerification verification = verified();
            assertEquals(Outcome.PASS, outcome(verification, "signature 1"));
            assertEquals(Outcome.NOT_CHECKED, outcome(verification, "signature 2"));
            verification.orThrow();
        }

        @Test
        void whatOnlyLiesBesideItDoesNotMakeItRecorded() throws IOException {
            Path foreign = Files.createDirectory(directory.resolve("foreign")).resolve("other.jar");
            Files.writeString(foreign, "never recorded");
            memory.sign(foreign, key);
            memory.timestamp(foreign);
            refuted("recorded: no deployment", memory.verifyFull(foreign));
        }

        @Test
        void aCompromisedKeyCountsOnlyWithAnOlderStamp() {
            String id = "openpgp:" + key.certificate().fingerprint().hex();
            memory.trust().compromised(id, NOON.plusSeconds(3600));
            verified().orThrow();
            memory.trust().compromised(id, NOON.minusSeconds(3600));
            refuted("is compromised since", verified());
        }

        @Test
        void aStampAfterTheKeysWindowDoesNotCount() {
            memory.trust().pin(Pin.openPgp(key.certificate(), "releases").until(NOON));
            refuted("is trusted from the beginning until before", verified());
            memory.trust().pin(Pin.openPgp(key.certificate(), "releases").from(NOON.minusSeconds(9)));
            verified().orThrow();
        }

        @Test
        void anotherAuthorityThanThePinnedOneIsNotBelieved() {
            TimestampAuthority stranger = TimestampAuthority.create(() -> now);
            Path second = directory.resolve("second");
            try (TimestampEndpoint at = stranger.serve();
                    Remembrancer elsewhere = Remembrancer.builder(second)
                            .clock(() -> now)
                            .timestampAuthority(at.uri())
                            .open()) {
                elsewhere.trust().pin(Pin.timestamps(authority.anchor(), "the other one"));
                assertThrows(RuntimeException.class, () -> elsewhere.timestamp(artifact));
                assertEquals(0, elsewhere.query("Timestamp").page().matches());
            }
        }
    }

    @Nested
    class WithoutPins {

        @Test
        void aSignatureIsNotCheckedAndCountsForNothing() {
            memory.sign(artifact, key);
            ArtifactVerification verification = verified();
            refuted("signed by 0 pinned keys, expected 1", verification);
            assertEquals(Outcome.NOT_CHECKED, outcome(verification, "signature 1"));
            memory.artifacts("main")
                    .verifyFull(artifact, VerificationPolicy.defaults().signedBy(0))
                    .orThrow();
        }

        @Test
        void nothingIsStamped() {
            String refused = assertThrows(IllegalStateException.class, () -> memory.timestamp(artifact))
                    .getMessage();
            assertTrue(refused.contains("no authority's root is pinned"), refused);
        }

        @Test
        void noSignatureAtAllIsAbsent() {
            assertEquals(Outcome.ABSENT, outcome(verified(), "signature"));
            refuted("expected 1; signature: none is recorded", verified());
        }

        @Test
        void aWitnessThatDidNotCosignIsMissed() {
            refuted(
                    "cosigned by 0 pinned witnesses, expected 1",
                    memory.artifacts("main")
                            .verifyFull(
                                    artifact,
                                    VerificationPolicy.defaults().signedBy(0).cosignedBy(1)));
        }
    }

    @Nested
    class SignedBySeveral {

        @Test
        void countsCertificatesNotSignatures() {
            pinAll();
            memory.sign(artifact, key);
            memory.sign(artifact, key);
            VerificationPolicy two = VerificationPolicy.defaults().signedBy(2);
            refuted(
                    "signed by 1 pinned keys, expected 2",
                    memory.artifacts("main").verifyFull(artifact, two));
            memory.sign(artifact, other);
            refuted(
                    "signed by 1 pinned keys, expected 2",
                    memory.artifacts("main").verifyFull(artifact, two));
            memory.trust().pin(Pin.openPgp(other.certificate(), "releases"));
            memory.artifacts("main").verifyFull(artifact, two).orThrow();
            assertEquals(3, PgpSignature.read(Path.of(artifact + ".asc")).count());
        }
    }

    @Test
    void aRevisionOfGitIsSealedReproducibly() {
        pinAll();
        OutsideProgram git = OutsideProgram.require("git").env("GIT_CONFIG_GLOBAL", "/dev/null");
        Path repository = directory.resolve("repository");
        git.run(directory, "init", "-q", "repository").orFail();
        OutsideProgram.require("sh")
                .run(repository, "-c", "echo 'one file' >README && chmod 755 README")
                .orFail();
        git.run(repository, "add", "README").orFail();
        git.run(repository, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "first")
                .orFail();
        ArtifactVerification sealed = memory.artifacts("main")
                .genesis(repository, "HEAD", directory.resolve("seal"), key)
                .orThrow();
        git.run(repository, "-c", "tar.umask=0022", "archive", "--format=tar", "-o", "again.tar", "HEAD")
                .orFail();
        assertEquals(Hashing.sha256(repository.resolve("again.tar")), sealed.digest());
        String refused = assertThrows(
                        RuntimeException.class,
                        () -> memory.artifacts("main").genesis(repository, "no-such", directory, key))
                .getMessage();
        assertTrue(refused.contains("can't find revision no-such"), refused);
    }

    @Test
    void aSealDependsOnTheRevisionAlone() {
        pinAll();
        OutsideProgram shell = OutsideProgram.require("sh").env("GIT_CONFIG_GLOBAL", "/dev/null");
        shell.run(directory, "-ec", """
                        git init -q plain
                        cd plain
                        printf 'two\\nlines\\n' >file
                        echo '$Format:%H$' >commit
                        printf '* text=auto filter=shout\\ncommit export-subst\\n' >.gitattributes
                        git add .
                        git -c user.name=A -c user.email=a@example.com commit -qm first
                        cp -r . ../odd
                        cd ../odd
                        git config core.autocrlf true
                        git config filter.shout.smudge 'touch ../ran; tr a-z A-Z'
                        echo 'file export-ignore' >.git/info/attributes
                        git tag odd
                        cd ../plain
                        git -c tar.umask=0022 archive --format=tar -o ../plain.tar HEAD
                        """).orFail();
        Hash plain = Hashing.sha256(directory.resolve("plain.tar"));
        for (String repository : List.of("odd", "plain")) {
            ArtifactVerification sealed = memory.artifacts("main")
                    .genesis(directory.resolve(repository), "HEAD", directory.resolve("of-" + repository), key)
                    .orThrow();
            assertEquals(plain, sealed.digest(), repository);
        }
        assertFalse(Files.exists(directory.resolve("ran")), "what the repository's filter calls is not run");
    }

    @Test
    void theOriginalsArtifactVerifiesByItsSignatureAndItsStampOf2025() throws IOException {
        now = Instant.parse("2026-11-27T00:00:00Z"); // the authority's certificate has expired
        Path vectors = Path.of("src/test/resources/vectors/original");
        for (String name : List.of("test-app.tar.gz", "test-app.tar.gz.asc", "test-app.tar.gz.tsr")) {
            Files.copy(vectors.resolve(name), directory.resolve(name));
        }
        Path original = directory.resolve("test-app.tar.gz");
        memory.record(Deployment.of("test-app", "1.0").artifact(original));
        memory.trust()
                .pin(Pin.openPgp(PgpCertificate.read(vectors.resolve("sovereign-297BE5B3.pub.pgp")), "the original"));
        memory.trust()
                .pin(Pin.timestamps(
                        TimestampAnchor.of(Files.readAllBytes(vectors.resolve("freetsa-root.pem"))), "FreeTSA"));
        ArtifactVerification verification = memory.verifyFull(original).orThrow();
        assertEquals(Outcome.PASS, outcome(verification, "signature 1"));
        assertEquals(Outcome.PASS, outcome(verification, "timestamp over test-app.tar.gz"));
    }
}
