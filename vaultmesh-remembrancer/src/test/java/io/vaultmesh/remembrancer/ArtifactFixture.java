package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampEndpoint;
import io.vaultmesh.remembrancer.trust.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A memory with a recorded artifact, two keys, and a development authority. */
abstract class ArtifactFixture extends MemoryFixture {

    private static final Instant KEY_MADE = NOON.minus(Duration.ofDays(400));
    static PgpSecretKey key;
    static PgpSecretKey other;
    static TimestampAuthority authority;
    static TimestampEndpoint endpoint;
    static Instant now = NOON;

    /** What happens whenever the memory looks at its clock: between two looks at the disk, say. */
    static Runnable meanwhile = () -> {};

    Remembrancer memory;
    Path artifact;

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
        meanwhile = () -> {};
        artifact = Files.writeString(directory.resolve("ledger.jar"), "bytes of a jar");
        memory = Remembrancer.builder(path())
                .clock(() -> {
                    meanwhile.run();
                    return now;
                })
                .timestampAuthority(endpoint.uri())
                .open();
        memory.record(Deployment.of("ledger", "1.4.0").artifact(artifact));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    void pinAll() {
        memory.trust().pin(Pin.openPgp(key.certificate(), "releases"));
        memory.trust().pin(Pin.timestamps(authority.anchor(), "development"));
    }

    static Outcome outcome(ArtifactVerification verification, String check) {
        return verification.report().check(check).orElseThrow().outcome();
    }

    ArtifactVerification verified() {
        return memory.verifyFull(artifact);
    }

    static void refuted(String because, ArtifactVerification verification) {
        assertFalse(verification.verdict().holds(), verification.report().toText());
        String reason = verification.verdict().reason().orElseThrow();
        assertTrue(reason.contains(because), reason);
    }
}
