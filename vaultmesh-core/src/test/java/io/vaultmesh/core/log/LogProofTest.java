package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogProofTest {

    private static final MerkleLog LOG = log();
    private static final LogProof PROOF = LOG.proveInclusion(3);
    private static final NoteVerifier KEY = LOG.verifier();

    private static MerkleLog log() {
        MerkleLog log = MerkleLog.inMemory(Logs.SIGNER);
        Logs.grow(log, 7);
        return log;
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> LogProof.parse(text))
                .getMessage();
    }

    @Nested
    class Text {

        @Test
        void hasTheLinesOfTheSpecification() {
            String[] lines = PROOF.toText().split("\n", -1);
            assertEquals("c2sp.org/tlog-proof@v1", lines[0]);
            assertEquals("index 3", lines[1]);
            assertEquals(MerkleTree.leafHash(Logs.entry(2)).toBase64(), lines[2]);
            assertEquals("", lines[5]);
            assertEquals("example.com/log", lines[6]);
            assertEquals("7", lines[7]);
            assertEquals(LOG.root().toBase64(), lines[8]);
            assertEquals("", lines[9]);
            assertTrue(lines[10].startsWith("— example.com/log "));
            assertEquals(12, lines.length);
        }

        @Test
        void comesBackAndVerifiesWithoutALog() {
            for (int i = 0; i < 7; i++) {
                LogProof proof = LogProof.parse(LOG.proveInclusion(i).toText());
                assertEquals(LOG.proveInclusion(i), proof);
                assertTrue(proof.verify(Logs.entry(i), KEY).holds());
                assertTrue(proof.verify(MerkleTree.leafHash(Logs.entry(i)), NoteVerifier.of(KEY.toText()))
                        .holds());
            }
        }

        @Test
        void mayCarryExtraData() {
            LogProof proof = new LogProof(3, PROOF.hashes(), PROOF.checkpoint(), Optional.of("AAEC"));
            assertTrue(proof.toText().startsWith("c2sp.org/tlog-proof@v1\nextra AAEC\nindex 3\n"));
            assertEquals(proof, LogProof.parse(proof.toText()));
            assertTrue(LogProof.parse(proof.toText()).verify(Logs.entry(3), KEY).holds());
        }

        @Test
        void ofALogOfOneHasNoHashes() {
            MerkleLog one = MerkleLog.inMemory(Logs.SIGNER);
            Logs.grow(one, 1);
            assertEquals(
                    "c2sp.org/tlog-proof@v1\nindex 0\n\n"
                            + one.checkpoint().note().toText(),
                    one.proveInclusion(0).toText());
            assertTrue(LogProof.parse(one.proveInclusion(0).toText())
                    .verify(Logs.entry(0), KEY)
                    .holds());
        }

        @Test
        void withAnyByteChangedIsNoProof() {
            byte[] text = PROOF.toText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int mask : new int[] {1, 0x07, 0x20}) {
                for (int i = 0; i < text.length; i++) {
                    byte[] changed = text.clone();
                    changed[i] ^= (byte) mask;
                    String what = "byte " + i + " ^ " + mask;
                    try {
                        LogProof proof = LogProof.parse(new String(changed, java.nio.charset.StandardCharsets.UTF_8));
                        assertFalse(proof.verify(Logs.entry(3), KEY).holds(), what);
                    } catch (IllegalArgumentException refused) {
                        assertTrue(refused.getMessage().length() > 10, what);
                    }
                }
            }
        }
    }

    @Nested
    class Malformed {

        private final String good = PROOF.toText();

        @Test
        void withoutAnEmptyLine() {
            assertEquals("not a tlog-proof: no empty line before the checkpoint", refusal(""));
            assertEquals("not a tlog-proof: no empty line before the checkpoint", refusal("c2sp.org/tlog-proof@v1\n"));
        }

        @Test
        void withAnotherFirstLine() {
            assertEquals(
                    "not a tlog-proof: first line \"c2sp.org/tlog-proof@v2\", expected c2sp.org/tlog-proof@v1",
                    refusal(good.replace("@v1", "@v2")));
            assertTrue(refusal("\ufeff" + good).startsWith("not a tlog-proof: first line"));
            assertTrue(refusal(" " + good).startsWith("not a tlog-proof: first line"));
            assertTrue(refusal(good.replace("\n", "\r\n")).startsWith("not a tlog-proof: no empty line"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "index",
                    "index ",
                    "index -1",
                    "index +1",
                    "index 03",
                    "index 3 ",
                    "index 0x3",
                    "Index 3",
                    "index ３",
                    "index 99999999999999999999",
                    "idx 3"
                })
        void withAWrongIndex(String line) {
            assertEquals("not a tlog-proof: no line \"index <decimal>\"", refusal(good.replace("index 3", line)));
        }

        @Test
        void withAnIndexBeyondALong() {
            assertEquals(
                    "not a tlog-proof: index 9223372036854775808 is beyond 2^63 - 1",
                    refusal(good.replace("index 3", "index 9223372036854775808")));
        }

        @Test
        void withNoIndexAtAll() {
            assertEquals(
                    "not a tlog-proof: no line \"index <decimal>\"",
                    refusal("c2sp.org/tlog-proof@v1\n\n" + PROOF.checkpoint().toText()));
            assertEquals(
                    "not a tlog-proof: no line \"index <decimal>\"",
                    refusal("c2sp.org/tlog-proof@v1\nextra AAEC\n\n"
                            + PROOF.checkpoint().toText()));
        }

        @Test
        void withExtraDataThatIsNotBase64() {
            assertEquals(
                    "not a tlog-proof: extra data that is not Base64",
                    refusal(good.replace("index 3", "extra *\nindex 3")));
            assertEquals(
                    "not a tlog-proof: extra data that is not canonical Base64",
                    refusal(good.replace("index 3", "extra AAF=\nindex 3")));
            assertEquals(
                    "not a tlog-proof: extra data that is not canonical Base64",
                    refusal(good.replace("index 3", "extra AA\nindex 3")));
            assertEquals(
                    "not a tlog-proof: no line \"index <decimal>\"",
                    refusal(good.replace("index 3", "extra AAEC\nextra AAEC\nindex 3")));
        }

        @Test
        void withAHashThatIsNone() {
            String hash = PROOF.hashes().get(0).toBase64();
            assertEquals(
                    "a hash is written as 44 characters of Base64, this is: " + hash.substring(1),
                    refusal(good.replace(hash, hash.substring(1))));
            assertTrue(refusal(good.replace(hash, hash + "\n ")).startsWith("a hash is written as 44"));
        }

        @Test
        void withMoreHashesThanAnyTreeHasLevels() {
            String hash = PROOF.hashes().get(0).toBase64() + "\n";
            assertEquals(
                    "not a tlog-proof: 64 hashes, expected at most 63",
                    refusal("c2sp.org/tlog-proof@v1\nindex 3\n" + hash.repeat(64) + "\n"
                            + PROOF.checkpoint().toText()));
        }

        @Test
        void withACheckpointThatIsNoNote() {
            assertTrue(refusal("c2sp.org/tlog-proof@v1\nindex 3\n\nhello\n").startsWith("not a note"));
        }

        @Test
        void whenMadeOfWrongParts() {
            List<Hash> hashes = PROOF.hashes();
            SignedNote note = PROOF.checkpoint();
            assertThrows(IllegalArgumentException.class, () -> new LogProof(-1, hashes, note, Optional.empty()));
            assertThrows(
                    IllegalArgumentException.class, () -> new LogProof(3, hashes, note, Optional.of("AA==\nindex 9")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new LogProof(3, Collections.nCopies(64, hashes.get(0)), note, Optional.empty()));
            assertThrows(NullPointerException.class, () -> new LogProof(3, hashes, null, Optional.empty()));
            assertThrows(NullPointerException.class, () -> new LogProof(3, hashes, note, null));
        }
    }

    @Nested
    class Forged {

        @Test
        void byAnotherKeyIsRefused() {
            NoteVerifier other = Logs.signer("example.com/log", 2).verifier();
            String reason = PROOF.verify(Logs.entry(3), other).reason().orElseThrow();
            assertTrue(reason.startsWith("signed by example.com/log+"), reason);
        }

        @Test
        void withAnotherIndexIsRefused() {
            for (long index : new long[] {0, 1, 2, 4, 5, 6, 7, Long.MAX_VALUE}) {
                LogProof forged = new LogProof(index, PROOF.hashes(), PROOF.checkpoint(), Optional.empty());
                assertFalse(forged.verify(Logs.entry(3), KEY).holds(), "index " + index);
            }
        }

        @Test
        void withTheCheckpointOfAnotherSizeIsRefused() {
            MerkleLog log = MerkleLog.inMemory(Logs.SIGNER);
            for (int size = 1; size <= 9; size++) {
                Logs.grow(log, size);
                LogProof forged =
                        new LogProof(3, PROOF.hashes(), log.checkpoint().note(), Optional.empty());
                assertEquals(size == 7, forged.verify(Logs.entry(3), KEY).holds(), "size " + size);
            }
        }

        @Test
        void withMoreOrFewerHashesSaysHowManyThereMustBe() {
            LogProof forged = new LogProof(3, List.of(), PROOF.checkpoint(), Optional.empty());
            assertEquals(
                    "the proof for leaf 3 in a tree of 7 has 0 hashes, expected 3",
                    forged.verify(Logs.entry(3), KEY).reason().orElseThrow());
        }

        @Test
        void withAnEntryThatIsANodeIsRefused() {
            // the second preimage that the leaf prefix rules out: the children of a node as an entry
            byte[] children = new byte[64];
            LOG.entry(0).leafHash().write(children, 0);
            LOG.entry(1).leafHash().write(children, 32);
            LogProof of0 = LOG.proveInclusion(0);
            LogProof forged = new LogProof(0, of0.hashes().subList(1, 3), of0.checkpoint(), Optional.empty());
            assertFalse(forged.verify(children, KEY).holds());
        }

        @Test
        void withANoteThatIsNoCheckpointIsRefused() {
            SignedNote note = SignedNote.sign("just text\n", Logs.SIGNER);
            assertEquals(
                    "not a checkpoint: \"just text\\n\", expected three lines: origin, size in decimal, root hash in Base64",
                    new LogProof(0, List.of(), note, Optional.empty())
                            .verify(Logs.entry(0), KEY)
                            .reason()
                            .orElseThrow());
        }
    }

    @Nested
    class OfCheckpoints {

        private final String root = MerkleTree.emptyRoot().toBase64();

        @Test
        void theTextComesBack() {
            Checkpoint checkpoint = LogProofTest.checkpoint(LOG);
            assertEquals(checkpoint, Checkpoint.parse(checkpoint.toText()));
            assertEquals("example.com/log\n7\n" + LOG.root().toBase64() + "\n", checkpoint.toText());
        }

        @Test
        void otherTextsAreRefused() {
            for (String text : new String[] {
                "",
                "a\n1\n" + root,
                "a\n01\n" + root + "\n",
                "a\n-1\n" + root + "\n",
                "a\n+1\n" + root + "\n",
                "a\n１\n" + root + "\n",
                "a\n1 \n" + root + "\n",
                "a\n\n" + root + "\n",
                "\n1\n" + root + "\n",
                "a\n1\n" + root + "\nextension\n",
                "a\n1\n" + root + "\n\n",
                "a\r\n1\r\n" + root + "\r\n",
                "a\n1\n" + root.replace("=", "") + "\n",
                "a\n99999999999999999999\n" + root + "\n"
            }) {
                assertTrue(
                        assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(text))
                                .getMessage()
                                .startsWith("not a checkpoint: \"" + text.replace("\n", "\\n")),
                        text);
            }
            assertEquals(
                    "tree size 9223372036854775808 is beyond 2^63 - 1",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Checkpoint.parse("a\n9223372036854775808\n" + root + "\n"))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse("a b\n1\n" + root + "\n"));
            assertThrows(IllegalArgumentException.class, () -> new Checkpoint("a", -1, MerkleTree.emptyRoot()));
        }

        @Test
        void oneOfAnotherOriginIsNotTrusted() {
            SignedNote note = SignedNote.sign("example.com/other\n0\n" + root + "\n", Logs.SIGNER);
            assertEquals(
                    "the checkpoint's origin is example.com/other, expected example.com/log, the name of the key that"
                            + " signed it",
                    assertThrows(RefutedException.class, () -> TrustedCheckpoint.verify(note, KEY))
                            .getMessage());
        }
    }

    private static Checkpoint checkpoint(MerkleLog log) {
        return new Checkpoint(log.origin(), log.size(), log.root());
    }
}
