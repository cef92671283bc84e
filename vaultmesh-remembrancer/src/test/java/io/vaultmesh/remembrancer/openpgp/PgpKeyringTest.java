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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.sig.KeyFlags;
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
    private static final Instant REVOKED = Instant.parse("2026-03-01T00:00:00Z");
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
    class ThePrimaryKey {
        private PgpCertificate saying(Consumer<PGPSignatureSubpacketGenerator> with) {
            return Made.certificate(primary, Made.NAME, Made.userId(primary, Made.SHA256, Made.CREATED, with));
        }

        @Test
        void signsUntilItExpires() {
            long seconds = Duration.between(Made.CREATED, SIGNED).toSeconds();
            passes(saying(with -> with.setKeyExpirationTime(false, seconds + 1)), Made.document(primary, SIGNED, DATA));
            fails(
                    "expired",
                    saying(with -> with.setKeyExpirationTime(false, seconds)),
                    Made.document(primary, SIGNED, DATA));
        }

        @Test
        void expiresByItsNewestSelfSignatureThatIsValidNow() {
            PGPSignature shortly =
                    Made.userId(primary, Made.SHA256, Made.CREATED, with -> with.setKeyExpirationTime(false, 60));
            PGPSignature longer = Made.userId(primary, Made.SHA256, LATER, NOTHING);
            PGPSignature future =
                    Made.userId(primary, Made.SHA256, NOW.plus(PgpKeyring.SKEW).plusSeconds(1), NOTHING);
            PGPSignature weak = Made.userId(primary, Made.SHA1, LATER, NOTHING);
            PGPSignature critical =
                    Made.userId(primary, Made.SHA256, LATER, with -> with.addNotationData(true, true, "a@b", "c"));
            PGPSignature expired =
                    Made.userId(primary, Made.SHA256, LATER, with -> with.setSignatureExpirationTime(false, 60));
            PGPSignature document = Made.document(primary, SIGNED, DATA);
            passes(Made.certificate(primary, Made.NAME, shortly, longer), document);
            passes(Made.certificate(primary, Made.NAME, longer, shortly), document);
            for (PGPSignature useless : List.of(future, weak, critical, expired)) {
                fails("expired", Made.certificate(primary, Made.NAME, useless, shortly), document);
            }
        }

        @Test
        void isHeldToItsDirectSignatureToo() {
            PGPSignature shortly = Made.aboutItself(
                    primary, 0x1f, Made.SHA256, Made.CREATED, with -> with.setKeyExpirationTime(false, 60));
            fails(
                    "expired",
                    Made.certificate(primary, shortly, Made.NAME, Made.userId(primary)),
                    Made.document(primary, SIGNED, DATA));
        }

        @Test
        void thatIsNotMeantForSigningFails() {
            fails(
                    "not meant for signing",
                    saying(with -> with.setKeyFlags(false, KeyFlags.CERTIFY_OTHER)),
                    Made.document(primary, SIGNED, DATA));
        }

        @Test
        void thatSpeaksOnlyBySha1Fails() {
            PGPSignature weak = Made.userId(primary, Made.SHA1, Made.CREATED, NOTHING);
            PgpCertificate certificate = Made.certificate(primary, Made.NAME, weak);
            fails("no self-signature", certificate, Made.document(primary, SIGNED, DATA));
            assertEquals(List.of(), certificate.userIds());
            assertEquals(List.of(Made.NAME), certificate.uncertifiedUserIds());
        }

        @Test
        void whoseOnlyUserIdIsRevokedFails() {
            PGPSignature revocation = Made.signature(
                    primary,
                    0x30,
                    Made.SHA256,
                    REVOKED,
                    NOTHING,
                    generator -> generator.generateCertification(Made.NAME, primary.getPublicKey()));
            PgpCertificate certificate = Made.certificate(primary, Made.NAME, Made.userId(primary), revocation);
            fails("no self-signature", certificate, Made.document(primary, SIGNED, DATA));
            assertEquals(List.of(), certificate.userIds());
        }

        @Test
        void thatIsBareStatesNeitherExpiryNorUse() {
            PgpVerification.Result result = verify(Made.certificate(primary), Made.document(primary, SIGNED, DATA))
                    .results()
                    .get(0);
            assertEquals(Outcome.PASS, result.outcome());
            assertTrue(result.detail().endsWith("states neither expiry nor use"), result.detail());
        }

        private PgpCertificate revoked(int hash, Consumer<PGPSignatureSubpacketGenerator> with) {
            return Made.certificate(
                    primary, Made.aboutItself(primary, 0x20, hash, REVOKED, with), Made.NAME, Made.userId(primary));
        }

        @ParameterizedTest
        @ValueSource(bytes = {0, 2, 32, 100})
        void thatIsRevokedForABadReasonNeverCounts(byte reason) {
            PgpCertificate certificate = revoked(Made.SHA256, with -> with.setRevocationReason(false, reason, ""));
            fails("revoked", certificate, Made.document(primary, SIGNED, DATA));
            fails("revoked", certificate, Made.document(primary, LATER, DATA));
        }

        @Test
        void thatIsRevokedWithoutReasonNeverCounts() {
            fails("revoked", revoked(Made.SHA256, NOTHING), Made.document(primary, SIGNED, DATA));
        }

        @Test
        void thatIsRevokedBySha1IsRevoked() {
            fails("revoked", revoked(Made.SHA1, NOTHING), Made.document(primary, SIGNED, DATA));
        }

        @ParameterizedTest
        @ValueSource(bytes = {1, 3})
        void thatIsRetiredCountsUntilThen(byte reason) {
            PgpCertificate certificate = revoked(Made.SHA256, with -> with.setRevocationReason(false, reason, ""));
            passes(certificate, Made.document(primary, REVOKED.minusSeconds(1), DATA));
            fails("revoked", certificate, Made.document(primary, REVOKED, DATA));
        }

        @Test
        void isNotRevokedByAStranger() {
            PGPKeyPair stranger = Made.key();
            PGPSignature revocation = Made.signature(
                    stranger,
                    0x20,
                    Made.SHA256,
                    REVOKED,
                    NOTHING,
                    generator -> generator.generateCertification(primary.getPublicKey()));
            passes(
                    Made.certificate(primary, revocation, Made.NAME, Made.userId(primary)),
                    Made.document(primary, SIGNED, DATA));
        }
    }

    @Nested
    class ASubkey {
        private final PGPSignature binding = Made.binding(primary, subkey, Made.back(primary, subkey));
        private final PGPSignature document = Made.document(subkey, SIGNED, DATA);

        private PgpCertificate with(PGPSignature... signatures) {
            Object[] parts = new Object[4 + signatures.length];
            parts[0] = primary;
            parts[1] = Made.NAME;
            parts[2] = Made.userId(primary);
            parts[3] = subkey;
            System.arraycopy(signatures, 0, parts, 4, signatures.length);
            return Made.certificate(parts);
        }

        @Test
        void signsForItsPrimaryKey() {
            passes(with(binding), document);
        }

        @Test
        void withoutABackSignatureFails() {
            PGPSignature without = Made.aboutSubkey(
                    primary, primary, subkey, 0x18, Made.CREATED, with -> with.setKeyFlags(false, KeyFlags.SIGN_DATA));
            fails("never signed that it belongs", with(without), document);
        }

        @Test
        void withABackSignatureByAnotherKeyOrForAnotherFails() {
            PGPSignature byPrimary = Made.aboutSubkey(primary, primary, subkey, 0x19, Made.CREATED, NOTHING);
            PGPSignature forOther = Made.back(Made.key(), subkey);
            PGPSignature ofOtherType = Made.aboutSubkey(subkey, primary, subkey, 0x18, Made.CREATED, NOTHING);
            for (PGPSignature back : List.of(byPrimary, forOther, ofOtherType)) {
                fails("never signed that it belongs", with(Made.binding(primary, subkey, back)), document);
            }
        }

        @Test
        void withoutABindingFails() {
            fails("no binding", with(), document);
        }

        @Test
        void thatAStrangerBoundFails() {
            PGPKeyPair stranger = Made.key();
            fails(
                    "no binding",
                    with(Made.aboutSubkey(stranger, primary, subkey, 0x18, Made.CREATED, NOTHING)),
                    document);
        }

        @Test
        void thatIsNotMeantForSigningFails() {
            for (int flags : new int[] {0, KeyFlags.ENCRYPT_COMMS, KeyFlags.CERTIFY_OTHER}) {
                fails(
                        "not meant for signing",
                        with(Made.aboutSubkey(
                                primary, primary, subkey, 0x18, Made.CREATED, with -> with.setKeyFlags(false, flags))),
                        document);
            }
        }

        @Test
        void thatExpiredFails() {
            PGPSignature shortly = Made.aboutSubkey(primary, primary, subkey, 0x18, LATER, with -> {
                with.setKeyFlags(false, KeyFlags.SIGN_DATA);
                with.setKeyExpirationTime(false, 60);
                try {
                    with.addEmbeddedSignature(false, Made.back(primary, subkey));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            fails("expired", with(binding, shortly), document);
        }

        @Test
        void ofAPrimaryKeyThatExpiredOrIsRevokedFails() {
            PGPSignature shortly =
                    Made.userId(primary, Made.SHA256, Made.CREATED, with -> with.setKeyExpirationTime(false, 60));
            fails("can't vouch", Made.certificate(primary, Made.NAME, shortly, subkey, binding), document);
            PGPSignature revocation = Made.aboutItself(primary, 0x20, Made.SHA256, REVOKED, NOTHING);
            fails(
                    "can't vouch",
                    Made.certificate(primary, revocation, Made.NAME, Made.userId(primary), subkey, binding),
                    document);
        }

        @Test
        void thatIsRevokedFails() {
            fails(
                    "revoked",
                    with(binding, Made.aboutSubkey(primary, primary, subkey, 0x28, REVOKED, NOTHING)),
                    document);
            PgpCertificate retired = with(
                    binding,
                    Made.aboutSubkey(
                            primary,
                            primary,
                            subkey,
                            0x28,
                            REVOKED,
                            with -> with.setRevocationReason(false, (byte) 3, "")));
            passes(retired, document);
            fails("revoked", retired, Made.document(subkey, REVOKED, DATA));
            passes(retired, Made.document(primary, LATER, DATA));
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
