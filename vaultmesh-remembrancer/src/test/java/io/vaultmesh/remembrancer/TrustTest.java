package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrustTest extends ArtifactFixture {

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
        memory.sign(artifact, key);
        now = NOON.plusSeconds(10);
        memory.trust().rotate(key, other);
        verified().orThrow(); // what the old key signed before
        now = NOON.plusSeconds(20);
        memory.sign(artifact, other);
        memory.artifacts("main")
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
