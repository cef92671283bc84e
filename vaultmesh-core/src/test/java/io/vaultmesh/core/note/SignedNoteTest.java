package io.vaultmesh.core.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.Vectors;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    private static final byte[] NOTE = Vectors.bytes("tlog/c2sp-examples/signed-note.txt");
    private static final NoteVerifier EXAMPLE =
            NoteVerifier.of(Vectors.text("tlog/c2sp-examples/signed-note.vkey").strip());

    private static NoteSigner signer(String name, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return NoteSigner.ed25519(name, Ed25519PrivateKey.ofSeed(bytes));
    }

    static final NoteSigner ALICE = signer("alice.example", 1);
    static final NoteSigner BOB = signer("bob.example", 2);

    private static boolean verifies(byte[] note, NoteVerifier... verifiers) {
        try {
            return SignedNote.parse(note).verify(verifiers).holds();
        } catch (IllegalArgumentException notANote) {
            return false;
        }
    }

    private static String refusal(String note) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> SignedNote.parse(note).text())
                .getMessage();
    }

    @Nested
    class TheSpecificationsExample {

        @Test
        void verifies() {
            SignedNote note = SignedNote.parse(NOTE);
            assertEquals("This is an example message.\n", note.text());
            assertTrue(note.verify(EXAMPLE).holds());
            assertEquals("example.com/foo", note.signatures().get(0).name());
            assertEquals(0x530d903a, note.signatures().get(0).keyId());
            assertEquals(0x530d903a, EXAMPLE.keyId());
            assertArrayEquals(NOTE, note.bytes());
        }

        @Test
        void hasAKeyThatIsWrittenAsItWasRead() {
            assertEquals(Vectors.text("tlog/c2sp-examples/signed-note.vkey").strip(), EXAMPLE.toText());
        }

        @ParameterizedTest
        @ValueSource(ints = {0x01, 0x02, 0x07, 0x20, 0x80, 0xff})
        void doesNotVerifyWithAnyByteChanged(int mask) {
            for (int i = 0; i < NOTE.length; i++) {
                byte[] changed = NOTE.clone();
                changed[i] ^= (byte) mask;
                assertFalse(SignedNoteTest.verifies(changed, EXAMPLE), "byte " + i + " ^ " + mask);
            }
        }

        @Test
        void doesNotVerifyWithAnyByteLeftOutOrAdded() {
            for (int i = 0; i < NOTE.length; i++) {
                byte[] shorter = new byte[NOTE.length - 1];
                System.arraycopy(NOTE, 0, shorter, 0, i);
                System.arraycopy(NOTE, i + 1, shorter, i, NOTE.length - i - 1);
                assertFalse(SignedNoteTest.verifies(shorter, EXAMPLE), "without byte " + i);
            }
            for (int i = 0; i <= NOTE.length; i++) {
                for (byte added : new byte[] {'\n', '\r', ' ', 'A', '='}) {
                    byte[] longer = new byte[NOTE.length + 1];
                    System.arraycopy(NOTE, 0, longer, 0, i);
                    longer[i] = added;
                    System.arraycopy(NOTE, i, longer, i + 1, NOTE.length - i);
                    assertFalse(SignedNoteTest.verifies(longer, EXAMPLE), "byte " + added + " at " + i);
                }
            }
        }
    }

    @Nested
    class Verification {

        private final SignedNote both = SignedNote.sign("hello\n", ALICE, BOB);

        @Test
        void needsOneOfTheGivenKeys() {
            assertTrue(both.verify(ALICE.verifier()).holds());
            assertTrue(both.verify(BOB.verifier()).holds());
            assertTrue(both.verify(signer("carol.example", 3).verifier(), BOB.verifier())
                    .holds());
        }

        @Test
        void byNobodyKnownSaysWhoSignedAndWhoWasExpected() {
            NoteVerifier carol = signer("carol.example", 3).verifier();
            String reason = both.verify(carol).reason().orElseThrow();
            assertEquals(
                    "signed by " + both.signatures().get(0) + ", "
                            + both.signatures().get(1) + ", expected "
                            + carol.toText().substring(0, "carol.example".length() + 9),
                    reason);
            assertTrue(
                    both.verify().reason().orElseThrow().endsWith("expected a known key, but none was given"), reason);
        }

        @Test
        void refusesTheWholeNoteForOneWrongSignatureOfAKnownKey() {
            NoteSignature bobs = both.signatures().get(1);
            NoteSignature wrong = new NoteSignature(
                    bobs.name(), bobs.keyId(), both.signatures().get(0).signature());
            SignedNote note =
                    new SignedNote("hello\n", List.of(both.signatures().get(0), wrong));
            assertTrue(note.verify(ALICE.verifier()).holds(), "bob is not known here");
            assertEquals(
                    "the signature of " + bobs + " is not valid",
                    note.verify(ALICE.verifier(), BOB.verifier()).reason().orElseThrow());
        }

        /** A log changes its key: who knows the old one, the new one or both follows it through the last note. */
        @Test
        void aNoteOfAnOldAndANewKeyIsKnownByEither() {
            NoteSigner newKey = signer("alice.example", 7);
            SignedNote last = SignedNote.sign("the last of the old\n", ALICE, newKey);
            assertTrue(last.verify(ALICE.verifier()).holds());
            assertTrue(last.verify(newKey.verifier()).holds());
            assertTrue(last.verify(ALICE.verifier(), newKey.verifier()).holds());
            SignedNote first = SignedNote.sign("the first of the new\n", newKey);
            assertFalse(first.verify(ALICE.verifier()).holds());
            assertTrue(first.verify(ALICE.verifier(), newKey.verifier()).holds());
            SignedNote forged = new SignedNote(
                    first.text(),
                    List.of(first.signatures().get(0), last.signatures().get(0)));
            assertFalse(
                    forged.verify(ALICE.verifier(), newKey.verifier()).holds(), "the old key didn't sign this text");
        }

        @Test
        void refusesARepeatedSignatureThatIsWrongOnce() {
            NoteSignature right = both.signatures().get(0);
            NoteSignature wrong = new NoteSignature(right.name(), right.keyId(), new byte[64]);
            assertTrue(new SignedNote("hello\n", List.of(right, right))
                    .verify(ALICE.verifier())
                    .holds());
            assertFalse(new SignedNote("hello\n", List.of(right, wrong))
                    .verify(ALICE.verifier())
                    .holds());
            assertFalse(new SignedNote("hello\n", List.of(wrong, right))
                    .verify(ALICE.verifier())
                    .holds());
        }

        @Test
        void takesNeitherTheNameNorTheIdAloneForTheKey() {
            NoteSigner otherAlice = signer("alice.example", 9);
            assertFalse(SignedNote.sign("hello\n", otherAlice)
                    .verify(ALICE.verifier())
                    .holds());
            NoteSignature alices = both.signatures().get(0);
            NoteSignature renamed = new NoteSignature("eve.example", alices.keyId(), alices.signature());
            assertFalse(new SignedNote("hello\n", List.of(renamed))
                    .verify(ALICE.verifier())
                    .holds());
        }

        @Test
        void coversTheTextWithItsLastNewlineAndNotTheEmptyLine() {
            byte[] signature = both.signatures().get(0).signature();
            assertTrue(ALICE.verifier().verify("hello\n".getBytes(UTF_8), signature));
            assertFalse(ALICE.verifier().verify("hello".getBytes(UTF_8), signature));
            assertFalse(ALICE.verifier().verify("hello\n\n".getBytes(UTF_8), signature));
        }
    }

    @Nested
    class Reading {

        private final String line = SignedNote.sign("x\n", ALICE)
                .toText()
                .substring("x\n\n".length())
                .strip();

        @Test
        void splitsAtTheLastEmptyLine() {
            SignedNote note = SignedNote.sign("a\n\nb\n\n— c d\n", ALICE);
            assertEquals(note, SignedNote.parse(note.toText()));
            assertEquals("a\n\nb\n\n— c d\n", SignedNote.parse(note.bytes()).text());
        }

        @Test
        void refusesWhatHasNoTextNoEmptyLineOrNoEnd() {
            String expected = "not a note: expected a text, an empty line, and lines of signatures";
            for (String note : new String[] {"", "\n", "x", "x\n", "x\n" + line + "\n", "x\n\n" + line}) {
                assertEquals(expected, refusal(note), note);
            }
            assertEquals("a note has 0 signatures, expected 1 to 100", refusal("x\n\n"));
        }

        @Test
        void refusesLinesThatAreNoSignatures() {
            for (String wrong :
                    new String[] {"-", "— a", "— a b c", "- alice.example AAAAAAA=", " " + line, line + " "}) {
                assertTrue(
                        refusal("x\n\n" + line + "\n" + wrong + "\n" + line + "\n")
                                .matches("(?s).*note.*"),
                        "\"" + wrong + "\"");
            }
            assertEquals("signature of a on a note is not Base64", refusal("x\n\n— a *\n"));
            String canonical = "signature of a on a note is not the canonical Base64 of a key id and a signature";
            assertEquals(canonical, refusal("x\n\n— a AAAAAA\n"));
            assertEquals(canonical, refusal("x\n\n— a AAAAAA==\n"));
            assertEquals(canonical, refusal("x\n\n— a AAAAAAB=\n"));
            assertTrue(refusal("x\n\n— a+b AAAAAAA=\n").startsWith("key name is \"a+b\""));
        }

        @Test
        void knowsNoOtherLineEndThanNewline() {
            for (String end : new String[] {"\r\n", "\r", "\r\n\r\n"}) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> SignedNote.parse("x\n\n" + line + end + line + "\n")
                                .text());
                assertThrows(
                        IllegalArgumentException.class,
                        () -> SignedNote.parse("x\n\n" + line + end + "\n").text());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\tb\n", "a\rb\n", "\u0000\n", "a\u001fb\n"})
        void refusesControlCharacters(String text) {
            String message = refusal(text + "\n" + line + "\n");
            assertEquals(
                    String.format(
                            "the text of a note has a control character, U+%04X",
                            text.chars()
                                    .filter(c -> c < 0x20 && c != '\n')
                                    .findFirst()
                                    .orElseThrow()),
                    message);
            assertEquals(
                    message,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> SignedNote.sign(text, ALICE).text())
                            .getMessage());
        }

        @ParameterizedTest
        @ValueSource(strings = {"\ud800", "\udc00", "a\udc00\ud800b", "\ud800\ud800\udc00"})
        void refusesHalvesOfSurrogatePairs(String text) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SignedNote.parse(text + "\n\n" + line + "\n").text());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SignedNote.sign(text + "\n", ALICE).text());
        }

        @Test
        void refusesBytesThatAreNotUtf8() {
            byte[] note = SignedNote.sign("abc\n", ALICE).bytes();
            note[1] = (byte) 0xff;
            assertEquals(
                    "a note is not valid UTF-8",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> SignedNote.parse(note).text())
                            .getMessage());
        }

        @Test
        void hasBounds() {
            SignedNote note = new SignedNote(
                    "x\n",
                    java.util.Collections.nCopies(
                            100, SignedNote.sign("x\n", ALICE).signatures().get(0)));
            assertTrue(SignedNote.parse(note.bytes()).verify(ALICE.verifier()).holds());
            assertEquals("a note has more than 100 signatures", refusal(note.toText() + line + "\n"));
            assertEquals(
                    "a note has 101 signatures, expected 1 to 100",
                    assertThrows(IllegalArgumentException.class, () -> {
                                List<NoteSignature> many = new ArrayList<>(note.signatures());
                                many.add(many.get(0));
                                new SignedNote("x\n", many).text();
                            })
                            .getMessage());
            assertEquals(
                    "a note has 1048577 bytes, expected at most 1048576",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> SignedNote.parse(new byte[1024 * 1024 + 1])
                                            .text())
                            .getMessage());
            assertEquals(
                    "the text of a note doesn't end in a newline",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> SignedNote.sign("x", ALICE).text())
                            .getMessage());
            assertThrows(
                    IllegalArgumentException.class, () -> SignedNote.sign("x\n").text());
        }

        @Test
        void keepsSignaturesThatItDoesNotKnow() {
            String unknown = "— witness.example " + Base64.getEncoder().encodeToString(new byte[76]);
            String text = "x\n\n" + line + "\n" + unknown + "\n";
            SignedNote note = SignedNote.parse(text);
            assertTrue(note.verify(ALICE.verifier()).holds());
            assertEquals(text, note.toText());
        }
    }
}
