package io.vaultmesh.remembrancer.timestamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that we did not make. */
class TimestampVectorsTest {

    /** Every bit of the original's token, not a sample: {@code -Dvaultmesh.flips=all}. */
    private static final boolean ALL = "all".equals(System.getProperty("vaultmesh.flips"));

    private static final TimestampVerifier OWN = TimestampVerifier.pinning(Vectors.NOW, Vectors.own());

    @Nested
    class OwnVectors {

        @Test
        void aGoodTokenProvesItsTime() {
            TimestampVerification good = OWN.verify(
                    Vectors.response("timestamps/EC.tsr"), Vectors.doc(), Vectors.request("timestamps/EC.tsq"));
            good.report().orThrow();
            assertTrue(good.verdict().holds());
            assertEquals(
                    new Timestamp(
                            Vectors.doc(),
                            "CN=TSA EC,O=VM",
                            "1.3.6.1.4.1.99999.1.1",
                            new BigInteger("9FAAA7365E96E965", 16),
                            Instant.parse("2026-11-23T20:01:25Z"),
                            Optional.of(Duration.ofSeconds(1)),
                            Vectors.own().id()),
                    good.timestamp().orElseThrow());
            assertEquals(
                    List.of(
                            "status",
                            "imprint",
                            "nonce",
                            "signature",
                            "signing certificate",
                            "extended key usage",
                            "chain",
                            "policy",
                            "time",
                            "pin"),
                    good.report().checks().stream().map(Check::name).toList());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "neg-eku-none | extended key usage | the extended key usage is [], expected timeStamping alone",
                    "neg-future-gentime | time | the time is 2027-06-11T20:01:24Z, expected none after 2026-11-23T20:06:00Z",
                    "neg-rejection | status | rejection: nope (failure bits",
                    "neg-self-supplied-root-same-name | chain | CN=TSA EC,O=VM doesn't lead to the pinned root",
                })
        void aBadTokenIsRefusedForItsOwnReason(String name, String check, String reason) {
            TimestampVerification bad = OWN.verify(
                    Vectors.response("timestamps/" + name + ".tsr"),
                    Vectors.doc(),
                    Vectors.request("timestamps/EC.tsq"));
            assertEquals(Optional.empty(), bad.timestamp());
            assertTrue(bad.report().check(check).orElseThrow().detail().startsWith(reason), bad.report()::toText);
            assertEquals(
                    List.of(check),
                    bad.report().checks(Outcome.FAIL).stream().map(Check::name).toList(),
                    "and for no other");
        }

        @Test
        void onlyWhatNobodySignsCanBeChanged() {
            TimestampRequest request = Vectors.request("timestamps/EC.tsq");
            BitSet survivors = survivors(1, Vectors.bytes("timestamps/EC.tsr"), OWN, Vectors.doc(), request);
            survivors.clear(8); // status: "granted" became "granted with modifications"
            survivors.clear(13, 27); // the status text
            survivors.clear(241, 627); // a copy of the root: the chain ends at the pinned one
            assertEquals(new BitSet(), survivors, "offsets at which a flipped bit leaves the token valid");
        }
    }

    @Nested
    class TheOriginalSystem {

        private static final TimestampVerifier TODAY = TimestampVerifier.pinning(
                InstantSource.fixed(Instant.parse("2026-11-26T00:00:00Z")), Vectors.freeTsa());

        private final TimestampResponse response = Vectors.response("original/test-app.tar.gz.tsr");
        private final TimestampRequest request = Vectors.request("original/test-app.tar.gz.tsq");

        @Test
        void itsTokenOutlivesTheCertificateThatSignedIt() {
            TimestampVerification old = TODAY.verify(response, Vectors.artifact(), request);
            old.report().orThrow();
            Timestamp timestamp = old.timestamp().orElseThrow();
            assertEquals(Instant.ofEpochSecond(1760904978), timestamp.genTime());
            assertTrue(timestamp.authority().contains("CN=www.freetsa.org"), timestamp.authority());
            assertEquals("1.2.3.4.1", timestamp.policy());
            assertEquals(BigInteger.valueOf(0x0174B977), timestamp.serial());
            assertEquals(Optional.empty(), timestamp.accuracy());
            assertEquals(
                    Hash.parse("a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc"), timestamp.anchor());
        }

        @Test
        void opensslAgreesAtThatTime() {
            String said = OutsideProgram.require("openssl")
                    .run(
                            Path.of(""),
                            "ts",
                            "-verify",
                            "-data",
                            Vectors.file("original/test-app.tar.gz").toString(),
                            "-in",
                            Vectors.file("original/test-app.tar.gz.tsr").toString(),
                            "-CAfile",
                            Vectors.file("original/freetsa-root.pem").toString(),
                            "-attime",
                            "1760915646")
                    .orFail();
            assertTrue(said.contains("Verification: OK"), said);
        }

        @Test
        void withoutTheRequestOnlyTheNonceIsNotChecked() {
            TimestampVerification old = TODAY.verify(response, Vectors.artifact());
            assertEquals(
                    Outcome.NOT_CHECKED,
                    old.report().check("nonce").orElseThrow().outcome());
            assertFalse(old.report().passed());
            assertTrue(old.verdict().holds());
            assertTrue(old.timestamp().isPresent());
        }

        @Test
        void aStrictPinRefusesItsCertificateIdBySha1() {
            TimestampVerification strict = TimestampVerifier.pinning(
                            Vectors.NOW, Vectors.freeTsa().strictEss())
                    .verify(response, Vectors.artifact(), request);
            assertEquals(
                    Outcome.FAIL,
                    strict.report().check("signing certificate").orElseThrow().outcome());
            assertEquals(Optional.empty(), strict.timestamp());
        }

        @Test
        void noByteOfTheArtifactCanBeChanged() {
            byte[] artifact = Vectors.bytes("original/test-app.tar.gz");
            for (int i = 0; i < artifact.length; i++) {
                artifact[i] ^= 1;
                TimestampVerification flipped = TODAY.verify(response, Hashing.sha256(artifact), request);
                artifact[i] ^= 1;
                assertEquals(
                        List.of("imprint"),
                        flipped.report().checks(Outcome.FAIL).stream()
                                .map(Check::name)
                                .toList(),
                        "byte " + i);
                assertEquals(Optional.empty(), flipped.timestamp());
            }
        }

        @Test
        void ofTheTokenOnlyWhatNobodySignsCanBeChanged() {
            // one bit of every 61st byte: a chain under RSA with 4096 bits takes milliseconds
            byte[] token = Vectors.bytes("original/test-app.tar.gz.tsr");
            Hash artifact = Vectors.artifact();
            BitSet survivors = ALL
                    ? survivorsOfEveryBit(token, TODAY, artifact, request)
                    : survivors(61, token, TODAY, artifact, request);
            survivors.clear(8); // status: "granted" became "granted with modifications"
            survivors.clear(2512, 4563); // a copy of the root: the chain ends at the pinned one
            assertEquals(new BitSet(), survivors, "offsets at which a flipped bit leaves the token valid");
        }
    }

    /** One bit of every step-th byte, another bit from byte to byte. */
    private static BitSet survivors(
            int step, byte[] token, TimestampVerifier verifier, Hash imprint, TimestampRequest request) {
        BitSet survivors = new BitSet();
        for (int i = 0; i < token.length; i += step) {
            if (survives(i, i % 8, token, verifier, imprint, request)) {
                survivors.set(i);
            }
        }
        return survivors;
    }

    /** The offsets at which any of the eight flipped bits leaves the token valid; says how many, the first and the last. */
    private static BitSet survivorsOfEveryBit(
            byte[] token, TimestampVerifier verifier, Hash imprint, TimestampRequest request) {
        BitSet survivors = new BitSet();
        int bits = 0;
        for (int i = 0; i < token.length * 8; i++) {
            if (survives(i / 8, i % 8, token, verifier, imprint, request)) {
                survivors.set(i / 8);
                bits++;
            }
        }
        System.out.println("of " + token.length * 8 + " flipped bits of a token " + bits + " leave it valid, in "
                + survivors.cardinality() + " bytes: the first are "
                + survivors.stream().limit(3).boxed().toList() + ", the last is " + (survivors.length() - 1));
        return survivors;
    }

    private static boolean survives(
            int at, int bit, byte[] token, TimestampVerifier verifier, Hash imprint, TimestampRequest request) {
        byte[] flipped = token.clone();
        flipped[at] ^= (byte) (1 << bit);
        try {
            return verifier.verify(TimestampResponse.parse(flipped), imprint, request)
                    .verdict()
                    .holds();
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith("not a timestamp response: "), e.getMessage());
            return false;
        }
    }
}
