package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgpKeyringTest {

    private static final Instant SIGNED = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final byte[] DATA = "data".getBytes(UTF_8);
    private static final Consumer<PGPSignatureSubpacketGenerator> NOTHING = with -> {};

    private final PGPKeyPair primary = Made.key();
    private final PGPKeyPair subkey = Made.key();

    private static PgpVerification verify(PgpCertificate certificate, PGPSignature... signatures) {
        return PgpKeyring.empty()
                .pin(certificate.fingerprint(), certificate)
                .verify(Made.signature(signatures), DATA, NOW);
    }

    private static void passes(PgpCertificate certificate, PGPSignature signature) {
        PgpVerification.Result result = verify(certificate, signature).results().get(0);
        assertEquals(Outcome.PASS, result.outcome(), result.detail());
        assertEquals(Optional.of(certificate.fingerprint()), result.signer());
    }

    private static void fails(String why, PgpCertificate certificate, PGPSignature signature) {
        PgpVerification.Result result = verify(certificate, signature).results().get(0);
        assertEquals(Outcome.FAIL, result.outcome(), result.detail());
        assertTrue(result.detail().contains(why), result.detail());
    }

    private PgpCertificate plain() {
        return Made.certificate(primary, Made.NAME, Made.userId(primary));
    }

    @Nested
    class OneSignature {
        @Test
        void passesIfAllHolds() {
            passes(plain(), Made.document(primary, SIGNED, DATA));
        }

        @Test
        void overOtherDataFails() {
            fails("not the key's signature of this data", plain(), Made.document(primary, SIGNED, new byte[4]));
        }

        @Test
        void byAKeyThatIsNotPinnedIsNotChecked() {
            PgpVerification verification = verify(plain(), Made.document(Made.key(), SIGNED, DATA));
            assertEquals(Outcome.NOT_CHECKED, verification.results().get(0).outcome());
            assertEquals(Optional.empty(), verification.results().get(0).signer());
            assertFalse(verification.report().passed());
            assertFalse(verification.verdict(1).holds());
            assertEquals(Set.of(), verification.signers());
        }

        @Test
        void underAnEmptyKeyringIsNotChecked() {
            PgpVerification verification =
                    PgpKeyring.empty().verify(Made.signature(Made.document(primary, SIGNED, DATA)), DATA, NOW);
            assertEquals(Outcome.NOT_CHECKED, verification.results().get(0).outcome());
            assertFalse(verification.report().passed());
        }

        @Test
        void thatNamesAPinnedKeyAndAnotherIsNotChecked() {
            PGPSignature two =
                    Made.document(primary, 0, Made.SHA256, SIGNED, DATA, with -> with.setIssuerKeyID(false, 1));
            assertEquals(
                    Outcome.NOT_CHECKED, verify(plain(), two).results().get(0).outcome());
        }

        @ParameterizedTest
        @ValueSource(ints = {0x01, 0x02, 0x10, 0x1f, 0x40, 0x50})
        void ofAnotherTypeThanABinaryDocumentFails(int type) {
            fails("of type 0x", plain(), Made.document(primary, type, Made.SHA256, SIGNED, DATA, NOTHING));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, Made.SHA1, 3, 11})
        void byABrokenOrUncommonHashFails(int hash) {
            fails("expected SHA-256", plain(), Made.document(primary, 0, hash, SIGNED, DATA, NOTHING));
        }

        @Test
        void withACriticalNotationFails() {
            fails(
                    "critical subpacket 20",
                    plain(),
                    Made.document(
                            primary,
                            0,
                            Made.SHA256,
                            SIGNED,
                            DATA,
                            with -> with.addNotationData(true, true, "a@b", "c")));
            passes(
                    plain(),
                    Made.document(
                            primary,
                            0,
                            Made.SHA256,
                            SIGNED,
                            DATA,
                            with -> with.addNotationData(false, true, "a@b", "c")));
        }

        @Test
        void withACriticalSubpacketThatIsNotKnownFails() {
            fails(
                    "critical subpacket 100",
                    plain(),
                    Made.document(
                            primary,
                            0,
                            Made.SHA256,
                            SIGNED,
                            DATA,
                            with -> with.addCustomSubpacket(
                                    new org.bouncycastle.bcpg.SignatureSubpacket(100, true, false, new byte[1]) {})));
        }

        @Test
        void byRsaOfFewerThan2048BitsFails() {
            PGPKeyPair rsa = Made.rsa(1024);
            PgpCertificate certificate = Made.certificate(rsa, Made.NAME, Made.userId(rsa));
            fails("1024 bits, expected 2048 to 8192", certificate, Made.document(rsa, SIGNED, DATA));
        }

        @Test
        void withAnotherNumberAtItsEndFails() {
            for (PGPKeyPair key : List.of(primary, Made.ecdsa("P-256"))) {
                PgpCertificate certificate = Made.certificate(key, Made.NAME, Made.userId(key));
                PgpSignature good = Made.signature(Made.document(key, SIGNED, DATA));
                byte[] damaged = good.toBytes();
                damaged[damaged.length - 1] ^= 1;
                PgpKeyring keyring = PgpKeyring.empty().pin(certificate.fingerprint(), certificate);
                assertTrue(keyring.verify(good, DATA, NOW).verdict(1).holds());
                assertEquals(
                        Outcome.FAIL,
                        keyring.verify(PgpSignature.parse(damaged), DATA, NOW)
                                .results()
                                .get(0)
                                .outcome());
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {17, 19, 100})
        void thatClaimsAnotherAlgorithmThanItsKeysFails(int algorithm) {
            byte[] body = Made.signature(Made.document(primary, SIGNED, DATA))
                    .packets()
                    .get(0)
                    .packet()
                    .body()
                    .clone();
            body[2] = (byte) algorithm;
            MessageDigest fed = HashAlgorithm.SHA256.newDigest();
            fed.update(DATA);
            byte[] digest = SignaturePacket.read(body).digest(fed);
            int start = 6 + (((body[4] & 0xff) << 8) | (body[5] & 0xff));
            start += 2 + (((body[start] & 0xff) << 8) | (body[start + 1] & 0xff));
            System.arraycopy(digest, 0, body, start, 2);
            PgpSignature signature = PgpSignature.of(SignaturePacket.read(body));
            PgpVerification.Result result = PgpKeyring.empty()
                    .pin(plain().fingerprint(), plain())
                    .verify(signature, DATA, NOW)
                    .results()
                    .get(0);
            assertEquals(Outcome.FAIL, result.outcome());
            assertTrue(result.detail().contains("not the key's signature"), result.detail());
        }

        @Test
        void byAHashShorterThanTheCurveFailsAsWithGnuPG() {
            PGPKeyPair ecdsa = Made.ecdsa("P-384");
            PgpCertificate certificate = Made.certificate(ecdsa);
            passes(certificate, Made.document(ecdsa, 0, 9, SIGNED, DATA, NOTHING));
            fails("not the key's signature", certificate, Made.document(ecdsa, 0, Made.SHA256, SIGNED, DATA, NOTHING));
        }

        @Test
        void fromTheFutureFailsBeyondTheSkew() {
            passes(plain(), Made.document(primary, NOW.plus(PgpKeyring.SKEW), DATA));
            fails(
                    "in the future",
                    plain(),
                    Made.document(primary, NOW.plus(PgpKeyring.SKEW).plusSeconds(1), DATA));
        }

        @Test
        void fromBeforeItsKeyFails() {
            passes(plain(), Made.document(primary, Made.CREATED, DATA));
            fails("before its key", plain(), Made.document(primary, Made.CREATED.minusSeconds(1), DATA));
        }

        @Test
        void thatExpiredItselfFails() {
            long age = Duration.between(SIGNED, NOW).toSeconds();
            for (long seconds : new long[] {0, age + 1}) {
                passes(
                        plain(),
                        Made.document(
                                primary,
                                0,
                                Made.SHA256,
                                SIGNED,
                                DATA,
                                with -> with.setSignatureExpirationTime(false, seconds)));
            }
            fails(
                    "expired itself",
                    plain(),
                    Made.document(
                            primary,
                            0,
                            Made.SHA256,
                            SIGNED,
                            DATA,
                            with -> with.setSignatureExpirationTime(false, age)));
        }
    }

    @Nested
    class Signers {
        private final PGPKeyPair second = Made.key();
        private final PgpCertificate one = Made.certificate(
                primary,
                Made.NAME,
                Made.userId(primary),
                subkey,
                Made.binding(primary, subkey, Made.back(primary, subkey)));
        private final PgpCertificate two = Made.certificate(second, Made.NAME, Made.userId(second));
        private final PgpKeyring keyring =
                PgpKeyring.empty().pin(one.fingerprint(), one).pin(two.fingerprint(), two);

        private PgpVerification verify(PGPSignature... signatures) {
            return keyring.verify(Made.signature(signatures), DATA, NOW);
        }

        @Test
        void areCountedByCertificate() {
            PgpVerification same = verify(
                    Made.document(primary, SIGNED, DATA),
                    Made.document(primary, LATER, DATA),
                    Made.document(subkey, SIGNED, DATA));
            assertEquals(
                    List.of(Outcome.PASS, Outcome.PASS, Outcome.PASS),
                    same.results().stream().map(PgpVerification.Result::outcome).toList());
            assertEquals(Set.of(one.fingerprint()), same.signers());
            assertTrue(same.verdict(1).holds());
            assertTrue(same.verdict(2).reason().orElseThrow().startsWith("1 of 2 required signers"));
        }

        @Test
        void areEnoughWithOneEach() {
            PgpVerification both = verify(Made.document(primary, SIGNED, DATA), Made.document(second, SIGNED, DATA));
            assertEquals(Set.of(one.fingerprint(), two.fingerprint()), both.signers());
            assertTrue(both.verdict(2).holds());
            assertFalse(both.verdict(3).holds());
            assertTrue(both.report().passed());
        }

        @Test
        void areNotSpoiledByFurtherSignatures() {
            PgpVerification more = verify(
                    Made.document(Made.key(), SIGNED, DATA),
                    Made.document(second, SIGNED, new byte[1]),
                    Made.document(primary, SIGNED, DATA));
            assertEquals(
                    List.of(Outcome.NOT_CHECKED, Outcome.FAIL, Outcome.PASS),
                    more.results().stream().map(PgpVerification.Result::outcome).toList());
            assertTrue(more.verdict(1).holds());
            assertFalse(more.verdict(2).holds());
            assertFalse(more.report().passed());
            assertEquals("OpenPGP signature 3", more.report().checks().get(2).name());
        }

        @Test
        void areAtLeastOne() {
            PgpVerification verification = verify(Made.document(primary, SIGNED, DATA));
            for (int required : new int[] {0, -1}) {
                assertThrows(IllegalArgumentException.class, () -> verification.verdict(required));
            }
            assertThrows(IllegalArgumentException.class, () -> new PgpVerification(List.of()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new PgpVerification.Result(
                            Optional.empty(), Optional.empty(), Optional.empty(), Outcome.PASS, ""));
        }
    }

    @Nested
    class ExistedBy {
        @Test
        void refusesWhatClaimsToBeYoungerThanItIsProvenToBe() {
            PgpVerification verification = verify(plain(), Made.document(primary, LATER, DATA));
            assertTrue(verification.existedBy(LATER).verdict(1).holds());
            PgpVerification early = verification.existedBy(LATER.minusNanos(1));
            assertEquals(Outcome.FAIL, early.results().get(0).outcome());
            assertFalse(early.verdict(1).holds());
            assertEquals(Set.of(), early.signers());
        }
    }

    @Nested
    class Pin {
        @Test
        void needsTheCertificatesOwnFingerprint() {
            PgpFingerprint other = Made.certificate(Made.key()).fingerprint();
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> PgpKeyring.empty().pin(other, plain()));
            assertTrue(refusal.getMessage().contains("expected " + other), refusal.getMessage());
        }

        @Test
        void takesEachOnce() {
            PgpKeyring keyring = PgpKeyring.empty().pin(plain().fingerprint(), plain());
            assertThrows(IllegalArgumentException.class, () -> keyring.pin(plain().fingerprint(), plain()));
            assertEquals(1, keyring.certificates().size());
        }
    }

    @Nested
    class Data {
        @TempDir
        Path directory;

        private final PgpSignature signature = Made.signature(Made.document(primary, SIGNED, DATA));

        @Test
        void isReadOnceForAllSignatures() {
            PgpKeyring keyring = PgpKeyring.empty().pin(plain().fingerprint(), plain());
            ByteArrayInputStream stream = new ByteArrayInputStream(DATA);
            PgpSignature two = signature.and(Made.signature(Made.document(primary, 0, 10, SIGNED, DATA, NOTHING)));
            assertTrue(keyring.verify(two, stream, NOW).report().passed());
            assertEquals(0, stream.available());
        }

        @Test
        void thatIsADirectoryOrAbsentIsNamed() {
            for (Path file : List.of(directory, directory.resolve("absent"))) {
                UncheckedIOException failure = assertThrows(
                        UncheckedIOException.class, () -> PgpKeyring.empty().verify(signature, file, NOW));
                assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
            }
        }

        @Test
        void thatCannotBeReadToItsEndIsAnError() {
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("disk gone");
                }
            };
            assertThrows(UncheckedIOException.class, () -> PgpKeyring.empty().verify(signature, broken, NOW));
        }
    }
}
