package io.vaultmesh.remembrancer.timestamp;

import static io.vaultmesh.remembrancer.timestamp.Forge.DATA;
import static io.vaultmesh.remembrancer.timestamp.Forge.END;
import static io.vaultmesh.remembrancer.timestamp.Forge.LEAF;
import static io.vaultmesh.remembrancer.timestamp.Forge.NONCE;
import static io.vaultmesh.remembrancer.timestamp.Forge.NOW;
import static io.vaultmesh.remembrancer.timestamp.Forge.POLICY;
import static io.vaultmesh.remembrancer.timestamp.Forge.ROOT;
import static io.vaultmesh.remembrancer.timestamp.Forge.START;
import static io.vaultmesh.remembrancer.timestamp.Forge.authority;
import static io.vaultmesh.remembrancer.timestamp.Forge.party;
import static io.vaultmesh.remembrancer.timestamp.Forge.signer;
import static io.vaultmesh.remembrancer.timestamp.Forge.usage;
import static io.vaultmesh.remembrancer.timestamp.Verified.CLOCK;
import static io.vaultmesh.remembrancer.timestamp.Verified.STAMPING;
import static io.vaultmesh.remembrancer.timestamp.Verified.holds;
import static io.vaultmesh.remembrancer.timestamp.Verified.refuses;
import static io.vaultmesh.remembrancer.timestamp.Verified.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.timestamp.Forge.Party;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are wrong in one way each, and the check that says so. */
class TimestampVerifierTest {

    @Test
    void whatIsRightInEveryWayHolds() {
        Timestamp timestamp = holds(new Forge());
        assertEquals(DATA, timestamp.imprint());
        assertEquals("CN=Signer", timestamp.authority());
        assertEquals(BigInteger.valueOf(77), timestamp.serial());
        assertEquals(NOW, timestamp.genTime());
        assertEquals(ROOT.pinned().id(), timestamp.anchor());
    }

    @Test
    void withoutAPinThereIsNoVerifier() {
        String message = assertThrows(IllegalArgumentException.class, () -> TimestampVerifier.pinning(CLOCK))
                .getMessage();
        assertEquals("there is no pinned root, expected at least one", message);
    }

    @Nested
    class Content {

        @Test
        void aRejectionIsRefusedThoughNothingElseIsWrong() {
            Forge forge = new Forge();
            forge.status = 2;
            forge.withToken = false;
            refuses("status", "rejection, expected granted", verify(forge));
        }

        @Test
        void aTokenForOtherDataIsRefused() {
            Hash other = Hash.of(new byte[32]);
            refuses(
                    "imprint",
                    "the token is over " + DATA + ", expected " + other,
                    TimestampVerifier.pinning(CLOCK, ROOT.pinned()).verify(new Forge().response(), other));
        }

        @Test
        void aRequestForOtherDataIsRefused() {
            Hash other = Hash.of(new byte[32]);
            TimestampRequest request = new TimestampRequest(other, Optional.of(NONCE), true, Optional.empty());
            refuses(
                    "imprint",
                    "the request is over " + other,
                    TimestampVerifier.pinning(CLOCK, ROOT.pinned()).verify(new Forge().response(), DATA, request));
        }

        @Test
        void anotherNonceIsRefused() {
            Forge forge = new Forge();
            forge.nonce = NONCE.add(BigInteger.ONE);
            refuses("nonce", "the token has 1234568, expected 1234567", verify(forge));
            forge.nonce = null;
            refuses("nonce", "the token has none, expected 1234567", verify(forge));
        }

        @Test
        void aRequestWithoutNonceProvesNoFreshness() {
            Forge forge = new Forge();
            forge.nonce = null;
            TimestampVerification verification = TimestampVerifier.pinning(CLOCK, ROOT.pinned())
                    .verify(
                            forge.response(),
                            DATA,
                            new TimestampRequest(DATA, Optional.empty(), true, Optional.empty()));
            assertEquals(
                    Outcome.ABSENT,
                    verification.report().check("nonce").orElseThrow().outcome());
            assertEquals(Optional.empty(), verification.timestamp());
        }

        @Test
        void aTimeInTheFutureIsRefusedBeyondTheSkew() {
            Forge forge = new Forge();
            forge.genTime = "20260601120100Z";
            assertEquals(NOW.plusSeconds(60), holds(forge).genTime());
            forge.genTime = "20260601120100.001Z";
            refuses("time", "the time is 2026-06-01T12:01:00.001Z", verify(forge));
            TimestampVerifier patient =
                    TimestampVerifier.pinning(CLOCK, ROOT.pinned()).skew(Duration.ofSeconds(61));
            assertTrue(patient.verify(forge.response(), DATA).verdict().holds());
        }

        @Test
        void theAccuracyIsRead() {
            Forge forge = new Forge();
            forge.accuracy = new Accuracy(new ASN1Integer(1), new ASN1Integer(500), new ASN1Integer(100));
            assertEquals(
                    Optional.of(Duration.ofSeconds(1).plusMillis(500).plusNanos(100_000)),
                    holds(forge).accuracy());
        }
    }

    @Nested
    class TheSignature {

        @Test
        void overOtherAttributesIsRefused() {
            Forge forge = new Forge();
            forge.signed = bytes -> new byte[] {1};
            refuses("signature", "it was not made by the key of CN=Signer", verify(forge));
        }

        @Test
        void byAnotherKeyIsRefused() {
            Forge forge = new Forge();
            forge.signer = signer("Signer", ROOT);
            refuses("signature", "it was not made by the key of CN=Signer", verify(forge));
        }

        @Test
        void overAnotherContentTypeIsRefused() {
            Forge forge = new Forge();
            forge.signedType = PKCSObjectIdentifiers.data;
            refuses("signature", "it doesn't cover the content", verify(forge));
        }

        @Test
        void withoutTheContentsDigestIsRefused() {
            Forge forge = new Forge();
            forge.withMessageDigest = false;
            refuses("signature", "it doesn't cover the content", verify(forge));
        }

        @Test
        void overSha1IsRefused() {
            Forge forge = new Forge();
            forge.bySha1 = true;
            refuses("signature", "expected RSA or ECDSA over SHA-256, SHA-384 or SHA-512", verify(forge));
        }

        @Test
        void byAShortKeyIsRefused() {
            Party small = party(Forge.keys("RSA", 1024), "Small", ROOT, START, END, "SHA256withECDSA", STAMPING);
            TimestampVerification verification = verify(new Forge().by(small, ROOT));
            for (String check : List.of("signature", "chain")) {
                String detail = verification.report().check(check).orElseThrow().detail();
                assertTrue(detail.contains("the key of CN=Small is RSA with 1024 bits"), detail);
            }
            Party enough = party(Forge.keys("RSA", 2048), "Enough", ROOT, START, END, "SHA256withECDSA", STAMPING);
            assertEquals("CN=Enough", holds(new Forge().by(enough, ROOT)).authority());
        }
    }

    @Nested
    class TheSignersCertificate {

        @Test
        void isFoundWhereverItStands() {
            Forge forge = new Forge();
            Party other = signer("Another", ROOT);
            forge.certificates = List.of(other.certificate(), ROOT.certificate(), LEAF.certificate());
            assertEquals("CN=Signer", holds(forge).authority());
            forge.certificates = List.of(LEAF.certificate(), other.certificate(), ROOT.certificate());
            assertEquals("CN=Signer", holds(forge).authority());
        }

        @Test
        void mustBeTheOneThatTheSignatureNames() {
            Forge forge = new Forge();
            forge.named = ROOT.certificate();
            forge.certificates = List.of(LEAF.certificate());
            refuses("signing certificate", "none of the 1 certificates in the token", verify(forge));
        }

        /** The same key under a certificate that somebody else got for it. */
        @Test
        void canNotBeReplacedByAnotherOverTheSameKey() {
            Party again = party(LEAF.keys(), "Mallory", ROOT, START, END, "SHA256withECDSA", STAMPING);
            Forge forge = new Forge();
            forge.certificates = List.of(again.certificate(), ROOT.certificate());
            forge.namedBeside = again.certificate();
            refuses("signing certificate", "none of the 2 certificates", verify(forge));
        }

        @Test
        void mustBeNamedBesideTheSignatureToo() {
            Forge forge = new Forge();
            forge.namedBeside = signer("Another", ROOT).certificate();
            refuses("signing certificate", "names another issuer and serial number", verify(forge));
        }

        @Test
        void mustHaveTheIssuerThatTheSignatureGives() {
            Forge forge = new Forge();
            forge.givenIssuer = Optional.of(LEAF.certificate());
            assertEquals("CN=Signer", holds(forge).authority());
            forge.givenIssuer = Optional.of(signer("Another", ROOT).certificate());
            refuses("signing certificate", "names another issuer and serial number", verify(forge));
        }

        @Test
        void mustBeNamed() {
            Forge forge = new Forge();
            forge.essVersions = List.of();
            refuses("signing certificate", "expected an ESSCertID", verify(forge));
        }

        @Test
        void maybeNamedBySha1UnlessThePinIsStrict() {
            Forge forge = new Forge();
            forge.essVersions = List.of(1);
            assertEquals("CN=Signer", holds(forge).authority());
            refuses(
                    "signing certificate",
                    "the pin demands version 2",
                    verify(forge, ROOT.pinned().strictEss()));
            forge.essVersions = List.of(1, 2);
            assertEquals("CN=Signer", holds(forge, ROOT.pinned().strictEss()).authority());
        }
    }

    @Nested
    class Usage {

        private void refusesUsage(String reason, UnaryOperator<X509v3CertificateBuilder> extensions) {
            Party party = authority("Wrong", ROOT, extensions);
            refuses("extended key usage", reason, verify(new Forge().by(party, ROOT)));
        }

        @Test
        void mustBeTimeStampingAlone() {
            refusesUsage("expected timeStamping alone", builder -> builder);
            refusesUsage(
                    "expected timeStamping alone",
                    usage(true, KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_codeSigning));
            refusesUsage("expected timeStamping alone", usage(true, KeyPurposeId.anyExtendedKeyUsage));
        }

        @Test
        void mustBeCritical() {
            refusesUsage("is not critical", usage(false, KeyPurposeId.id_kp_timeStamping));
        }

        @Test
        void mustAllowSignatures() {
            refusesUsage(
                    "the key usage allows no signatures",
                    STAMPING.andThen(builder ->
                            Forge.extend(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment)))
                            ::apply);
        }
    }

    @Nested
    class Pin {

        @Test
        void allowsItsPoliciesAlone() {
            assertEquals(
                    POLICY,
                    holds(new Forge(), ROOT.pinned().policies("1.2.3", POLICY)).policy());
            refuses(
                    "policy",
                    "the policy is " + POLICY + ", the pin allows [1.2.3]",
                    verify(new Forge(), ROOT.pinned().policies("1.2.3")));
        }

        @Test
        void thePolicyMustBeTheOneAskedFor() {
            TimestampRequest request = new TimestampRequest(DATA, Optional.of(NONCE), true, Optional.of("1.2.3"));
            refuses(
                    "policy",
                    "the request asked for 1.2.3",
                    TimestampVerifier.pinning(CLOCK, ROOT.pinned()).verify(new Forge().response(), DATA, request));
        }

        @Test
        void holdsFromItsStartUntilBeforeItsEnd() {
            assertEquals(NOW, holds(new Forge(), ROOT.pinned().from(NOW)).genTime());
            refuses(
                    "pin",
                    "the pin holds from",
                    verify(new Forge(), ROOT.pinned().from(NOW.plusMillis(1))));
            assertEquals(
                    NOW,
                    holds(new Forge(), ROOT.pinned().until(NOW.plusMillis(1))).genTime());
            refuses("pin", "until before", verify(new Forge(), ROOT.pinned().until(NOW)));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void ofOneRootWithTwoWindowsEitherWillDo(boolean first) {
            TimestampAnchor fits = ROOT.pinned().from(NOW);
            TimestampAnchor doesnt = ROOT.pinned().until(Instant.parse("2026-02-01T00:00:00Z"));
            assertEquals(
                    ROOT.pinned().id(),
                    holds(new Forge(), first ? fits : doesnt, first ? doesnt : fits)
                            .anchor());
        }
    }
}
