package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a key could sign at a time, by what its certificate says. */
class KeyStateTest {

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
        void thatIsBoundInEitherDirectionBySha1Fails() {
            PGPSignature weakBack = Made.aboutSubkey(subkey, primary, subkey, 0x19, Made.SHA1, Made.CREATED, NOTHING);
            fails("never signed that it belongs", with(Made.binding(primary, subkey, weakBack)), document);
            PGPSignature weak = Made.binding(primary, subkey, Made.back(primary, subkey), Made.SHA1);
            fails("no binding", with(weak), document);
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
}
