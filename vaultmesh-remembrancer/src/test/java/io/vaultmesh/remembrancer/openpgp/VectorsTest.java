package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.hash.Hashing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GnuPG made once, elsewhere. */
class VectorsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private static PgpVerification.Result verify(PgpKeyring keyring, String signature, String data) {
        return keyring.verify(PgpSignature.parse(Vectors.read(signature)), Vectors.read(data), NOW)
                .results()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "openpgp/g-ed25519, E2C4C4F1FB45AA453704C65506B4087A5112A1B4",
        "openpgp/g-rsa3072, 9BA95F8F13D2FA40231334665550013422E932C0"
    })
    void aGoodSignaturePasses(String name, String fingerprint) {
        PgpVerification.Result result =
                verify(Vectors.pinned(name + ".pub.asc", fingerprint), name + ".sig.asc", "openpgp/doc.txt");
        assertEquals(Outcome.PASS, result.outcome(), result.detail());
        assertEquals(Optional.of(PgpFingerprint.parse(fingerprint)), result.signer());
    }

    @Nested
    class AnExpiredKey {
        private final PgpKeyring keyring =
                Vectors.pinned("openpgp/x-old.asc", "FDFD5AE2064E7C34E5E35229BBA9B4EB9DD94E50");

        @Test
        void countsForWhatItSignedWhileItWasValid() {
            PgpVerification.Result result = verify(keyring, "openpgp/x-during.asc", "openpgp/x-doc");
            assertEquals(Outcome.PASS, result.outcome(), result.detail());
            assertEquals(Optional.of(Instant.parse("2020-01-10T00:00:00Z")), result.created());
        }

        @Test
        void doesNotCountBySha1() {
            PgpVerification.Result result = verify(keyring, "openpgp/x-sha1.asc", "openpgp/x-doc");
            assertEquals(Outcome.FAIL, result.outcome());
            assertTrue(result.detail().contains("SHA-1"), result.detail());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openpgp/g-ed25519.sig.asc",
                "openpgp/g-rsa3072.sig.asc",
                "openpgp/x-during.asc",
                "openpgp/x-sha1.asc",
                "original/test-app.tar.gz.asc"
            })
    void armorIsWrittenAsGnuPGWritesIt(String name) {
        PgpSignature signature = PgpSignature.parse(Vectors.read(name));
        assertEquals(new String(Vectors.read(name), US_ASCII), signature.toArmor());
        assertEquals(Hashing.sha256(Vectors.read(name)), signature.digest());
        assertEquals(signature, PgpSignature.parse(signature.toBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openpgp/g-ed25519.pub.asc", "openpgp/g-rsa3072.pub.asc", "openpgp/x-old.asc"})
    void certificatesTooAndTheirUserIdsAreCertified(String name) {
        PgpCertificate certificate = PgpCertificate.parse(Vectors.read(name));
        assertEquals(new String(Vectors.read(name), US_ASCII), certificate.toArmor());
        assertEquals(1, certificate.userIds().size());
        assertEquals(List.of(), certificate.uncertifiedUserIds());
    }

    @Nested
    class TheOriginalsArtifact {
        private final byte[] artifact = Vectors.read("original/test-app.tar.gz");
        private final byte[] asc = Vectors.read("original/test-app.tar.gz.asc");
        private final PgpKeyring keyring = Vectors.sovereign();

        private boolean passes(byte[] signature, byte[] data) {
            try {
                return keyring.verify(PgpSignature.parse(signature), data, NOW)
                        .verdict(1)
                        .holds();
            } catch (IllegalArgumentException refused) {
                return false;
            }
        }

        @Test
        void isSignedByItsKey() {
            assertTrue(passes(asc, artifact));
        }

        @Test
        void isSignedByItsKeyUnderAUserIdThatAnybodyMayHaveAdded() {
            String file = "original/sovereign-297BE5B3-with-uncertified-uid.pgp";
            PgpCertificate certificate = PgpCertificate.parse(Vectors.read(file));
            assertEquals(List.of(), certificate.userIds());
            assertEquals(
                    List.of("Sovereign (key reconstructed from its own signatures; uid not certified)"),
                    certificate.uncertifiedUserIds());
            PgpVerification.Result result = verify(
                    Vectors.pinned(file, Vectors.SOVEREIGN),
                    "original/test-app.tar.gz.asc",
                    "original/test-app.tar.gz");
            assertEquals(Outcome.PASS, result.outcome());
        }

        @Test
        void isNotIfAnyBitOfItIsFlipped() {
            for (int bit = 0; bit < 8 * artifact.length; bit++) {
                byte[] flipped = flip(artifact, bit);
                assertFalse(passes(asc, flipped), "bit " + bit);
            }
        }

        @Test
        void isNotIfAnyBitOfTheBinarySignatureIsFlipped() {
            byte[] binary = PgpSignature.parse(asc).toBytes();
            TreeSet<Integer> harmless = new TreeSet<>();
            // of the RSA number at the end, one bit in each byte: a verification of them all would take seconds
            for (int bit = 0; bit < 8 * binary.length; bit += bit < 8 * 54 ? 1 : 9) {
                if (passes(flip(binary, bit), artifact)) {
                    harmless.add(bit);
                }
            }
            assertEquals(Set.of(), harmless, binary.length + " bytes");
        }

        @Test
        void isNotIfAnyBitOfTheArmorIsFlipped() {
            TreeSet<Integer> harmless = new TreeSet<>();
            for (int bit = 0; bit < 8 * asc.length; bit++) {
                if (passes(flip(asc, bit), artifact)) {
                    harmless.add(bit);
                }
            }
            assertEquals(Set.of(), harmless, asc.length + " bytes");
        }

        private byte[] flip(byte[] bytes, int bit) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            return flipped;
        }
    }
}
