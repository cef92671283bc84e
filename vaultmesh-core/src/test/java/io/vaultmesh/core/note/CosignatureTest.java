package io.vaultmesh.core.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosignatureTest {

    private static final String CHECKPOINT = "example.com/log\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    private static final NoteSigner LOG = NoteSigner.ed25519("example.com/log", key(1));

    private static Ed25519PrivateKey key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Ed25519PrivateKey.ofSeed(bytes);
    }

    private static CosignatureSigner witness(String name, int seed, long time) {
        return CosignatureSigner.of(name, key(seed), InstantSource.fixed(Instant.ofEpochSecond(time)));
    }

    private static final CosignatureSigner ONE = witness("one.example", 11, 1_000);
    private static final CosignatureSigner TWO = witness("two.example", 12, 2_000);
    private static final CosignatureSigner THREE = witness("three.example", 13, 3_000);

    private final SignedNote note = SignedNote.sign(CHECKPOINT, LOG, ONE, TWO);

    /** A note that a key signed at a time that no clock shows. */
    private static SignedNote at(long time) {
        byte[] signature = key(11).sign(CosignedMessage.of(time, CHECKPOINT.getBytes(UTF_8)));
        return new SignedNote(
                CHECKPOINT,
                List.of(new NoteSignature("one.example", ONE.keyId(), CosignedMessage.withTime(time, signature))));
    }

    @Nested
    class Signing {

        @Test
        void takesItsTimeFromTheClockInWholeSeconds() {
            InstantSource clock = () -> Instant.parse("2026-01-02T03:04:05.999999999Z");
            CosignatureSigner signer = CosignatureSigner.of("one.example", key(11), clock);
            Cosignature cosignature = SignedNote.sign(CHECKPOINT, signer)
                    .cosignatures(signer.verifier())
                    .get(0);
            assertEquals(Instant.parse("2026-01-02T03:04:05Z"), cosignature.time());
            assertEquals(1767323045, cosignature.posixSeconds());
            assertEquals("one.example at 2026-01-02T03:04:05Z", cosignature.toString());
        }

        @Test
        void coversTheTimeAndTheWholeText() {
            byte[] signature = ONE.sign(CHECKPOINT.getBytes(UTF_8));
            assertEquals(72, signature.length);
            assertEquals(1_000, ByteBuffer.wrap(signature).getLong());
            assertTrue(key(11).publicKey()
                    .verify(
                            ("cosignature/v1\ntime 1000\n" + CHECKPOINT).getBytes(UTF_8),
                            Arrays.copyOfRange(signature, 8, 72)));
        }

        @Test
        void atTheVeryStartOf1970IsPossibleAndBeforeItIsNot() {
            CosignatureSigner first = witness("one.example", 11, 0);
            assertEquals(
                    Instant.EPOCH,
                    SignedNote.sign(CHECKPOINT, first)
                            .cosignatures(first.verifier())
                            .get(0)
                            .time());
            CosignatureSigner before = witness("one.example", 11, -1);
            assertEquals(
                    "the clock shows 1969-12-31T23:59:59Z, a cosignature's time is 1970 or later",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> note.cosign(before).text())
                            .getMessage());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\n",
                    "hello\n",
                    "example.com/log\n3\n",
                    "\n3\nAAAA\n",
                    "example.com/log\n03\nAAAA\n",
                    "example.com/log\n-3\nAAAA\n",
                    "example.com/log\n\nAAAA\n",
                    "example.com/log\n3\n****\n",
                    "example.com/log\n3\nAAAA\n\n",
                    "example.com/log\n3\nAAAA\n\nextension\n",
                    "DSSEv1 28 application/vnd.in-toto+json\n"
                })
        void refusesWhatIsNoCheckpoint(String text) {
            assertEquals(
                    "a witness is to sign a text that is not a checkpoint, expected lines of origin, size and root hash,"
                            + " and no empty ones",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> SignedNote.sign(text, LOG).cosign(ONE).text())
                            .getMessage());
            byte[] bytes = text.getBytes(UTF_8);
            byte[] signature = CosignedMessage.withTime(1, key(11).sign(CosignedMessage.of(1, bytes)));
            assertFalse(ONE.verifier().verify(bytes, signature));
        }

        @Test
        void coversExtensionLinesOfAnyNumber() {
            String text = CHECKPOINT + "extension\n".repeat(50_000);
            SignedNote long50k = SignedNote.sign(text, ONE);
            assertTrue(long50k.verifyCosignatures(1, ONE.verifier()).holds());
            NoteSignature moved = long50k.signatures().get(0);
            assertFalse(new SignedNote(CHECKPOINT, List.of(moved))
                    .verifyCosignatures(1, ONE.verifier())
                    .holds());
        }
    }

    @Nested
    class Adding {

        @Test
        void keepsTheOtherSignaturesAndTheirOrder() {
            SignedNote three = note.cosign(THREE);
            assertEquals(note.text(), three.text());
            assertEquals(note.signatures(), three.signatures().subList(0, 3));
            assertEquals(three, note.withSignature(three.signatures().get(3)));
            assertEquals(three, SignedNote.parse(three.bytes()));
        }

        @Test
        void aLaterOneTakesThePlaceOfAnEarlierOneByTheSameKey() {
            SignedNote again = note.cosign(witness("one.example", 11, 9_000));
            assertEquals(3, again.signatures().size());
            assertEquals(
                    List.of(note.signatures().get(0), note.signatures().get(2)),
                    again.signatures().subList(0, 2));
            assertEquals(9_000, again.cosignatures(ONE.verifier()).get(0).posixSeconds());
        }

        @Test
        void aLineOfAWitnessIsReadAsItWasWritten() {
            String line = SignedNote.sign(CHECKPOINT, THREE).signatures().get(0).toText();
            assertTrue(line.startsWith("— three.example ") && line.endsWith("\n"), line);
            NoteSignature signature = NoteSignature.parse(line);
            assertEquals(signature, NoteSignature.parse(line.strip()));
            assertEquals(note.cosign(THREE), note.withSignature(signature));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> NoteSignature.parse(line + "\n").name());
        }

        @Test
        void stopsAtAHundred() {
            SignedNote full = note;
            for (int i = 0; i < 97; i++) {
                full = full.withSignature(new NoteSignature("w" + i, i, new byte[1]));
            }
            SignedNote hundred = full;
            assertEquals(100, hundred.cosign(ONE).signatures().size(), "in the place of the earlier one");
            assertEquals(
                    "a note has 101 signatures, expected 1 to 100",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> hundred.cosign(THREE).text())
                            .getMessage());
        }
    }

    @Nested
    class Verification {

        @Test
        void givesTheTimesOfTheGivenWitnesses() {
            List<Cosignature> cosignatures = note.cosignatures(TWO.verifier(), ONE.verifier(), THREE.verifier());
            assertEquals(
                    List.of(ONE.verifier(), TWO.verifier()),
                    cosignatures.stream().map(Cosignature::witness).toList());
            assertEquals(
                    List.of(1_000L, 2_000L),
                    cosignatures.stream().map(Cosignature::posixSeconds).toList());
            assertEquals(List.of(), note.cosignatures(THREE.verifier()));
            assertEquals(List.of(), note.cosignatures());
            assertEquals(cosignatures.get(0), note.cosignatures(ONE.verifier()).get(0));
            assertEquals(
                    cosignatures.get(0).hashCode(),
                    note.cosignatures(ONE.verifier()).get(0).hashCode());
            assertNotEquals(cosignatures.get(0), cosignatures.get(1));
            assertNotEquals(cosignatures.get(0), "one.example");
        }

        @Test
        void noBitOfACosignatureMayChange() {
            byte[] signature = note.signatures().get(1).signature();
            for (int bit = 0; bit < 8 * signature.length; bit++) {
                byte[] changed = signature.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                SignedNote other = note.withSignature(new NoteSignature("one.example", ONE.keyId(), changed));
                assertFalse(other.verifyCosignatures(1, ONE.verifier()).holds(), "bit " + bit);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 8, 64, 71, 73, 2428})
        void anotherLengthIsInvalidAndNoError(int length) {
            assertFalse(ONE.verifier().verify(CHECKPOINT.getBytes(UTF_8), new byte[length]));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, Long.MAX_VALUE, 31556889864403199L, 31556889864403200L})
        void anyTimeUpTo63BitsIsAccepted(long time) {
            Cosignature cosignature = at(time).cosignatures(ONE.verifier()).get(0);
            assertEquals(time, cosignature.posixSeconds());
            assertEquals(time >= 31556889864403200L ? Instant.MAX : Instant.ofEpochSecond(time), cosignature.time());
        }

        @ParameterizedTest
        @ValueSource(longs = {Long.MIN_VALUE, -1})
        void timesOf64BitsAreNone(long time) {
            String unsigned = "cosignature/v1\ntime " + Long.toUnsignedString(time) + "\n" + CHECKPOINT;
            for (byte[] signed :
                    List.of(CosignedMessage.of(time, CHECKPOINT.getBytes(UTF_8)), unsigned.getBytes(UTF_8))) {
                byte[] signature = CosignedMessage.withTime(time, key(11).sign(signed));
                assertFalse(ONE.verifier().verify(CHECKPOINT.getBytes(UTF_8), signature));
            }
            assertEquals(
                    "the cosignature of " + note.signatures().get(1) + " is not valid",
                    assertThrows(
                                    RefutedException.class,
                                    () -> at(time).cosignatures(ONE.verifier()).size())
                            .getMessage());
        }

        /** One key in two roles: the header keeps what was signed in one from counting in the other. */
        @Test
        void aSignatureIsNoCosignatureAndTheOtherWayRound() {
            NoteSigner plain = NoteSigner.ed25519("one.example", key(11));
            assertNotEquals(plain.keyId(), ONE.keyId());
            assertEquals(List.of(), SignedNote.sign(CHECKPOINT, plain).cosignatures(ONE.verifier()));
            assertFalse(
                    SignedNote.sign(CHECKPOINT, ONE).verify(plain.verifier()).holds());
            byte[] text = CHECKPOINT.getBytes(UTF_8);
            assertFalse(ONE.verifier().verify(text, CosignedMessage.withTime(1_000, plain.sign(text))));
            assertFalse(plain.verifier().verify(text, Arrays.copyOfRange(ONE.sign(text), 8, 72)));
        }

        @Test
        void aWitnessMayStandAmongOtherVerifiers() {
            assertTrue(note.verify(LOG.verifier(), ONE.verifier()).holds());
            assertTrue(note.verify(ONE.verifier()).holds());
            SignedNote wrong = note.withSignature(new NoteSignature("one.example", ONE.keyId(), new byte[72]));
            assertTrue(wrong.verify(LOG.verifier()).holds(), "one.example is not known here");
            assertFalse(wrong.verify(LOG.verifier(), ONE.verifier()).holds());
        }
    }

    @Nested
    class Threshold {

        @Test
        void countsTheWitnessesThatSigned() {
            CosignatureVerifier[] all = {ONE.verifier(), TWO.verifier(), THREE.verifier()};
            assertTrue(note.verifyCosignatures(1, all).holds());
            assertTrue(note.verifyCosignatures(2, all).holds());
            assertEquals(
                    "cosigned by one.example, two.example of 3 witnesses, expected at least 3",
                    note.verifyCosignatures(3, all).reason().orElseThrow());
            assertTrue(note.cosign(THREE).verifyCosignatures(3, all).holds());
            assertEquals(
                    "cosigned by none of 1 witnesses, expected at least 1",
                    note.verifyCosignatures(1, THREE.verifier()).reason().orElseThrow());
        }

        @Test
        void theLogsOwnSignatureIsNoWitness() {
            assertFalse(SignedNote.sign(CHECKPOINT, LOG)
                    .verifyCosignatures(
                            1,
                            ONE.verifier(),
                            CosignatureSigner.of("example.com/log", key(1), InstantSource.system())
                                    .verifier())
                    .holds());
        }

        @Test
        void oneKeyUnderTwoNamesIsOneWitness() {
            CosignatureSigner alias = witness("alias.example", 11, 5_000);
            SignedNote twice = SignedNote.sign(CHECKPOINT, ONE, alias);
            CosignatureVerifier[] witnesses = {ONE.verifier(), alias.verifier(), TWO.verifier()};
            assertTrue(twice.verifyCosignatures(1, witnesses).holds());
            assertEquals(
                    "cosigned by alias.example of 2 witnesses, expected at least 2",
                    twice.verifyCosignatures(2, witnesses).reason().orElseThrow());
            assertTrue(twice.cosign(TWO).verifyCosignatures(2, witnesses).holds());
        }

        @Test
        void twoKeysUnderOneNameAreTwo() {
            CosignatureSigner next = witness("one.example", 21, 5_000);
            assertTrue(SignedNote.sign(CHECKPOINT, ONE, next)
                    .verifyCosignatures(2, ONE.verifier(), next.verifier())
                    .holds());
        }

        @Test
        void oneCosignatureOnSeveralLinesIsOne() {
            List<NoteSignature> lines = new ArrayList<>(note.signatures());
            lines.addAll(at(7_000).signatures());
            lines.addAll(at(500).signatures());
            lines.add(note.signatures().get(1));
            SignedNote repeated = new SignedNote(CHECKPOINT, lines);
            assertEquals(7_000, repeated.cosignatures(ONE.verifier()).get(0).posixSeconds(), "the newest");
            assertFalse(repeated.verifyCosignatures(2, ONE.verifier(), THREE.verifier())
                    .holds());
        }

        @Test
        void oneWrongCosignatureRefutesTheNote() {
            SignedNote wrong = note.withSignature(new NoteSignature(
                    "three.example", THREE.keyId(), note.signatures().get(1).signature()));
            assertTrue(
                    wrong.verifyCosignatures(2, ONE.verifier(), TWO.verifier()).holds());
            assertEquals(
                    "the cosignature of " + wrong.signatures().get(3) + " is not valid",
                    wrong.verifyCosignatures(2, ONE.verifier(), TWO.verifier(), THREE.verifier())
                            .reason()
                            .orElseThrow());
        }

        @Test
        void askingForMoreThanThereCouldBeIsAMistake() {
            CosignatureVerifier alias = witness("alias.example", 11, 0).verifier();
            for (int atLeast : new int[] {-1, 0, 2}) {
                assertEquals(
                        "at least " + atLeast + " cosignatures are asked for, expected 1 to 1, the number of different"
                                + " keys among the witnesses",
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> note.verifyCosignatures(atLeast, ONE.verifier(), alias)
                                                .holds())
                                .getMessage());
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> note.verifyCosignatures(1).holds());
        }
    }
}
