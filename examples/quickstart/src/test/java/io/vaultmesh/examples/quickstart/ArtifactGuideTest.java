package io.vaultmesh.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.ArtifactVerification;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampEndpoint;
import io.vaultmesh.remembrancer.trust.Pin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/ARTIFACTS.md. */
class ArtifactGuideTest {

    @TempDir
    Path directory;

    @Test
    void showsTheExampleAsItIsRun() throws IOException {
        String guide = Files.readString(QuickstartTest.REPOSITORY.resolve("docs/ARTIFACTS.md"));
        String source = Files.readString(QuickstartTest.REPOSITORY.resolve(
                "examples/quickstart/src/test/java/io/vaultmesh/examples/quickstart/ArtifactGuideTest.java"));
        assertEquals(QuickstartTest.region(source, "attest"), QuickstartTest.block(guide, "artifacts-attest"));
    }

    @Test
    void anArtifactIsAttestedAndVerified() throws IOException {
        Path home = directory.resolve("memory");
        Path jar = Files.writeString(directory.resolve("ledger.jar"), "a program");
        char[] passphrase = "correct horse".toCharArray();
        Path secretKey = directory.resolve("secret.asc");
        try (PgpSecretKey made = PgpSecretKey.generateEd25519(
                "Releases <releases@example.com>", Instant.now().minusSeconds(60), new SecureRandom())) {
            Files.writeString(secretKey, made.export(passphrase));
        }
        TimestampAuthority development = TimestampAuthority.create(InstantSource.system());
        try (TimestampEndpoint endpoint = development.serve()) {
            URI authority = endpoint.uri();
            URI rootCertificate = endpoint.uri();
            Hash expectedFingerprint = development.anchor().id();
            // region attest
            try (Remembrancer memory = Remembrancer.builder(home)
                            .timestampAuthority(authority) // an http or https URI; several are asked in turn
                            .open();
                    PgpSecretKey key = PgpSecretKey.parse(Files.readAllBytes(secretKey), passphrase)) {
                memory.trust().pin(Pin.openPgp(key.certificate(), "releases"));
                memory.trust()
                        .pinTsa(rootCertificate, expectedFingerprint); // fetched, and pinned only if it is that one

                memory.record(Deployment.of("ledger", "1.4.0").artifact(jar));
                memory.attest(jar, key)
                        .orThrow(); // signs, stamps artifact and signature, records all of it, verifies it

                ArtifactVerification verification = memory.verifyFull(jar);
                System.out.println(verification.report().toText()); // each check, with the reason
                verification.orThrow(); // unless the policy is met
            }
            // endregion
        }
        assertTrue(Files.exists(directory.resolve("ledger.jar.asc.tsr")));
    }
}
