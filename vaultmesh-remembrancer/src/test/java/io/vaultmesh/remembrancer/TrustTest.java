package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.receipt.Receipt;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.trust.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
    void changesThatAreMadeAtOnceAreAllInForce() throws Exception {
        List<Pin> pins = Stream.generate(() -> PgpSecretKey.generateEd25519("One of many", NOON, new SecureRandom()))
                .limit(12)
                .map(made -> Pin.openPgp(made.certificate(), "releases"))
                .toList();
        CyclicBarrier together = new CyclicBarrier(pins.size());
        ExecutorService threads = Executors.newFixedThreadPool(pins.size());
        try {
            List<Callable<Receipt>> changes = pins.stream()
                    .map(pin -> (Callable<Receipt>) () -> {
                        int unused = together.await();
                        return memory.trust().pin(pin);
                    })
                    .toList();
            for (Future<Receipt> change : threads.invokeAll(changes)) {
                assertEquals(Kind.KEY, change.get().record().kind());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(Set.copyOf(pins), Set.copyOf(memory.trust().store().pins()));
    }

    @Test
    void aCompromiseIsNotLiftedByPinningTheKeyAgain() {
        pinAll();
        memory.sign(artifact, key);
        String id = "openpgp:" + key.certificate().fingerprint().hex();
        Pin again = Pin.openPgp(key.certificate(), "releases"); // as a program does whenever it starts
        memory.trust().pin(again);
        memory.trust().compromised(id, NOON.minusSeconds(60));
        for (Pin pin : List.of(again, again.compromised(NOON))) {
            String refused = assertThrows(
                            IllegalArgumentException.class, () -> memory.trust().pin(pin))
                    .getMessage();
            assertTrue(refused.contains(id + " is compromised since " + NOON.minusSeconds(60)), refused);
        }
        refuted("is compromised since", verified());
        memory.trust().pin(again.compromised(NOON.minusSeconds(90)));
        assertThrows(IllegalArgumentException.class, () -> memory.trust().compromised(id, NOON.minusSeconds(60)));
    }

    @Test
    void aKeyThatWasRotatedIsNotTrustedAgain() {
        pinAll();
        memory.trust().rotate(key, other);
        Pin again = Pin.openPgp(key.certificate(), "releases");
        for (Pin pin : List.of(again, again.until(NOON.plusSeconds(1)))) {
            String refused = assertThrows(
                            IllegalArgumentException.class, () -> memory.trust().pin(pin))
                    .getMessage();
            assertTrue(refused.contains("gave its place to openpgp:"), refused);
        }
        memory.trust().pin(again.until(NOON.minusSeconds(1)));
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
