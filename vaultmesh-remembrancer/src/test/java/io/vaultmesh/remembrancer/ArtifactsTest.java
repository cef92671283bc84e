package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampEndpoint;
import io.vaultmesh.remembrancer.trust.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ArtifactsTest extends MemoryFixture {

    private static final Instant KEY_MADE = NOON.minus(Duration.ofDays(400));
    private static PgpSecretKey key;
    private static PgpSecretKey other;
    private static TimestampAuthority authority;
    private static TimestampEndpoint endpoint;
    private static Instant now = NOON;

    private Remembrancer memory;
    private Path artifact;

    @BeforeAll
    static void begin() {
        SecureRandom random = new SecureRandom();
        key = PgpSecretKey.generateEd25519("Releases <releases@example.com>", KEY_MADE, random);
        other = PgpSecretKey.generateEd25519("Second <second@example.com>", KEY_MADE, random);
        authority = TimestampAuthority.create(() -> now);
        endpoint = authority.serve();
    }

    @AfterAll
    static void end() {
        endpoint.close();
        key.close();
        other.close();
    }

    @BeforeEach
    void deploy() throws IOException {
        now = NOON;
        artifact = Files.writeString(directory.resolve("ledger.jar"), "bytes of a jar");
        memory = Remembrancer.builder(path())
                .clock(() -> now)
                .timestampAuthority(endpoint.uri())
                .open();
        memory.record(Deployment.of("ledger", "1.4.0").artifact(artifact));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void pinAll() {
        memory.trust().pin(Pin.openPgp(key.certificate(), "releases"));
        memory.trust().pin(Pin.timestamps(authority.anchor(), "development"));
    }

    private Outcome outcome(ArtifactVerification verification, String check) {
        return verification.report().check(check).orElseThrow().outcome();
    }

    private ArtifactVerification verified() {
        return memory.artifacts().verifyFull(artifact);
    }

    private void refuted(String because, ArtifactVerification verification) {
        assertFalse(verification.verdict().holds(), verification.report().toText());
        String reason = verification.verdict().reason().orElseThrow();
        assertTrue(reason.contains(because), reason);
    }

    @Nested
    class Attested {

        @BeforeEach
        void attest() {
            pinAll();
            memory.artifacts().attest(artifact, key).orThrow();
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
            ArtifactVerification verification = memory.artifacts()
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
            memory.artifacts().sign(foreign, key);
            memory.artifacts().timestamp(foreign);
            refuted("recorded: no deployment", memory.artifacts().verifyFull(foreign));
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
                assertThrows(RuntimeException.class, () -> elsewhere.artifacts().timestamp(artifact));
                assertEquals(0, elsewhere.query("Timestamp").page().matches());
            }
        }
    }

    @Nested
    class WithoutPins {

        @Test
        void aSignatureIsNotCheckedAndCountsForNothing() {
            memory.artifacts().sign(artifact, key);
            ArtifactVerification verification = verified();
            refuted("signed by 0 pinned keys, expected 1", verification);
            assertEquals(Outcome.NOT_CHECKED, outcome(verification, "signature 1"));
            memory.artifacts()
                    .verifyFull(artifact, VerificationPolicy.defaults().signedBy(0))
                    .orThrow();
        }

        @Test
        void nothingIsStamped() {
            String refused = assertThrows(
                            IllegalStateException.class,
                            () -> memory.artifacts().timestamp(artifact))
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
                    memory.artifacts()
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
            memory.artifacts().sign(artifact, key);
            memory.artifacts().sign(artifact, key);
            VerificationPolicy two = VerificationPolicy.defaults().signedBy(2);
            refuted("signed by 1 pinned keys, expected 2", memory.artifacts().verifyFull(artifact, two));
            memory.artifacts().sign(artifact, other);
            refuted("signed by 1 pinned keys, expected 2", memory.artifacts().verifyFull(artifact, two));
            memory.trust().pin(Pin.openPgp(other.certificate(), "releases"));
            memory.artifacts().verifyFull(artifact, two).orThrow();
            assertEquals(3, PgpSignature.read(Path.of(artifact + ".asc")).count());
        }
    }

    @Nested
    class TrustHistory {

        @Test
        void eachChangeIsARecordAndTheNewestIsInForceAfterOpeningAgain() throws IOException {
            pinAll();
            var before = memory.trust().store();
            memory.close();
            memory = open();
            assertEquals(before, memory.trust().store());
            assertEquals(2, memory.query("Trusts").page().matches());
            Files.delete(path().resolve("trust.json")); // as after a crash between the record and the file
            memory.close();
            memory = open();
            assertEquals(before, memory.trust().store());
            assertTrue(Files.exists(path().resolve("trust.json")));
        }

        @Test
        void aStoreThatWasNeverInForceIsDamage() throws IOException {
            pinAll();
            Path file = path().resolve("trust.json");
            byte[] sound = Files.readAllBytes(file);
            memory.close();
            for (int at = 0; at < sound.length; at += 97) {
                byte[] changed = sound.clone();
                changed[at] ^= 1;
                Files.write(file, changed);
                try (Remembrancer opened = open()) {
                    Check check = opened.verifyAudit().check("trust").orElseThrow();
                    assertEquals(Outcome.FAIL, check.outcome(), "byte " + at);
                }
            }
            Files.write(file, sound);
            memory = open();
            memory.verifyAudit().orThrow();
        }

        @Test
        void aRotationIsSignedByBothKeys() {
            pinAll();
            memory.artifacts().sign(artifact, key);
            now = NOON.plusSeconds(10);
            memory.trust().rotate(key, other);
            verified().orThrow(); // what the old key signed before
            now = NOON.plusSeconds(20);
            memory.artifacts().sign(artifact, other);
            memory.artifacts()
                    .verifyFull(artifact, VerificationPolicy.defaults().signedBy(2))
                    .orThrow();
            String refused = assertThrows(
                            IllegalArgumentException.class, () -> memory.trust().rotate(key, other))
                    .getMessage();
            assertTrue(refused.contains("must be trusted"), refused);
        }

        @Test
        void anAuthorityIsPinnedOnlyByItsFingerprint() {
            TimestampAnchor stranger = TimestampAuthority.create(() -> now).anchor();
            String refused = assertThrows(
                            IllegalArgumentException.class, () -> memory.trust().pinTsa(endpoint.uri(), stranger.id()))
                    .getMessage();
            assertTrue(refused.contains(authority.anchor().id().toString()), refused);
            assertTrue(memory.trust().store().pins().isEmpty());
            memory.trust().pinTsa(endpoint.uri(), authority.anchor().id());
            assertEquals(1, memory.trust().store().pins().size());
        }
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
        ArtifactVerification verification =
                memory.artifacts().verifyFull(original).orThrow();
        assertEquals(Outcome.PASS, outcome(verification, "signature 1"));
        assertEquals(Outcome.PASS, outcome(verification, "timestamp over test-app.tar.gz"));
    }
}
