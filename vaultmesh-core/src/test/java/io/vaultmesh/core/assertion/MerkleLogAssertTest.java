package io.vaultmesh.core.assertion;

import static io.vaultmesh.core.assertion.MerkleLogAssert.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.merkle.MerkleTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleLogAssertTest {

    private static final byte[] A = "{\"amount\":10}".getBytes(UTF_8);
    private static final byte[] B = "{\"amount\":20}".getBytes(UTF_8);

    private final MerkleLog log = MerkleLog.inMemory();

    private static String failure(org.junit.jupiter.api.function.Executable assertion) {
        return assertThrows(AssertionError.class, assertion).getMessage();
    }

    private String trail() {
        return "\n" + AuditTrail.end(log, 20);
    }

    @Test
    void passingAssertionsAreChained() {
        TrustedCheckpoint empty = log.checkpoint();
        assertThat(log)
                .hasSize(0)
                .hasRoot(MerkleTree.emptyRoot())
                .containsExactly()
                .extends_(empty);
        log.append(A);
        TrustedCheckpoint one = log.checkpoint();
        log.append(B);
        assertThat(log)
                .hasSize(2)
                .hasRoot(log.root())
                .hasRoot(log.root().toString())
                .contains(A)
                .contains(B)
                .containsExactly(A, B)
                .extends_(empty)
                .extends_(one)
                .extends_(log.checkpoint());
    }

    @Test
    void theSizeIsSaidWithTheTrail() {
        log.append(A);
        assertEquals(
                "size is 1, expected 2" + trail(), failure(() -> assertThat(log).hasSize(2)));
        assertEquals(
                "size is 1, expected 2\nsize 1\nroot " + log.root() + "\n0 " + log.root() + " text {\"amount\":10}\n",
                failure(() -> assertThat(log).hasSize(2)));
    }

    @Test
    void theRootIsSaid() {
        log.append(A);
        String expected = "root is " + log.root() + ", expected " + MerkleTree.emptyRoot() + trail();
        assertEquals(expected, failure(() -> assertThat(log).hasRoot(MerkleTree.emptyRoot())));
        assertEquals(
                expected,
                failure(() -> assertThat(log).hasRoot(MerkleTree.emptyRoot().toString())));
        assertThrows(IllegalArgumentException.class, () -> assertThat(log).hasRoot("5d4f"));
    }

    @Test
    void theNearestEntryIsSaid() {
        assertEquals(
                "no entry is text {\"amount\":20}" + trail(),
                failure(() -> assertThat(log).contains(B)));
        log.append("x".getBytes(UTF_8));
        log.append(A);
        assertEquals(
                "no entry is text {\"amount\":20}; entry 1 begins most like it, and differs at byte 10" + trail(),
                failure(() -> assertThat(log).contains(B)));
        assertEquals(
                "no entry is empty" + trail(), failure(() -> assertThat(log).contains(new byte[0])));
        assertEquals(
                "no entry is text {; entry 1 begins most like it, and differs at byte 1" + trail(),
                failure(() -> assertThat(log).contains(new byte[] {'{'})));
    }

    @Test
    void theFirstEntryThatDiffersIsSaid() {
        log.append(A);
        log.append(new byte[] {0});
        assertEquals(
                "entry 0 is text {\"amount\":10}, expected text {\"amount\":20}" + trail(),
                failure(() -> assertThat(log).containsExactly(B, A)));
        assertEquals(
                "entry 1 is base64 AA==, expected none" + trail(),
                failure(() -> assertThat(log).containsExactly(A)));
        assertEquals(
                "entry 2 is not there, expected empty" + trail(),
                failure(() -> assertThat(log).containsExactly(A, new byte[] {0}, new byte[0])));
    }

    @Test
    void theReasonWhyItIsNoContinuationIsSaid() {
        MerkleLog other = MerkleLog.inMemory();
        other.append(B);
        TrustedCheckpoint checkpoint = other.checkpoint();
        assertEquals(
                "the log doesn't extend the checkpoint " + checkpoint
                        + ": the log has 0 entries, at the checkpoint it had 1" + trail(),
                failure(() -> assertThat(log).extends_(checkpoint)));
        log.append(A);
        assertTrue(failure(() -> assertThat(log).extends_(checkpoint))
                .contains(": what was logged before was changed\nsize 1\n"));
    }

    @Test
    void aNullIsTheCallersMistake() {
        assertThrows(NullPointerException.class, () -> assertThat(null).hasSize(0));
        assertThrows(NullPointerException.class, () -> assertThat(log).contains(null));
        assertThrows(NullPointerException.class, () -> assertThat(log).extends_(null));
        assertThrows(NullPointerException.class, () -> assertThat(log).matchesGolden(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "é😀", "{\"a\":\"\\n\"}", "base64 AA==", "empty"})
    void printableEntriesAreShownAsText(String text) {
        assertEquals("text " + text, AuditTrail.show(text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "a\nb", "a\tb", "\u0000", "a\u202eb", "\u2028", "\ufeffa", "a\u0085", "\u00a0"})
    void otherTextIsShownAsBase64(String text) {
        assertEquals(
                "base64 " + java.util.Base64.getEncoder().encodeToString(text.getBytes(UTF_8)),
                AuditTrail.show(text.getBytes(UTF_8)));
        assertEquals("base64 /w==", AuditTrail.show(new byte[] {(byte) 0xff}));
    }

    @Nested
    class Golden {

        @TempDir
        Path temp;

        private Path file() {
            return temp.resolve("golden/trail.txt");
        }

        private void refresh() {
            System.setProperty("vaultmesh.golden", "refresh");
            try {
                assertThat(log).matchesGolden(file());
            } finally {
                System.clearProperty("vaultmesh.golden");
            }
        }

        @AfterEach
        void clear() {
            System.clearProperty("vaultmesh.golden");
        }

        @Test
        void thatWasRefreshedPinsTheTrail() throws IOException {
            log.append(A);
            log.append(new byte[] {0});
            refresh();
            assertEquals(
                    "vaultmesh-trail 1\nsize 2\nroot " + log.root() + "\n0 "
                            + log.entry(0).leafHash() + " text {\"amount\":10}\n1 "
                            + log.entry(1).leafHash() + " base64 AA==\n",
                    Files.readString(file()));
            assertThat(log).matchesGolden(file()).hasSize(2);
            MerkleLog same = MerkleLog.inMemory();
            same.append(A);
            same.append(new byte[] {0});
            assertThat(same).matchesGolden(file());
        }

        @Test
        void thatIsMissingSaysHowToMakeItAndIsNotMade() {
            assertEquals(
                    "there is no golden file " + file() + "; to make it, run this test once with"
                            + " -Dvaultmesh.golden=refresh, and review what changed in the file",
                    failure(() -> assertThat(log).matchesGolden(file())));
            assertFalse(Files.exists(file()));
        }

        @Test
        void thatDiffersShowsTheFirstEntryAndStaysAsItIs() throws IOException {
            log.append(A);
            log.append(A);
            refresh();
            String before = Files.readString(file());
            MerkleLog other = MerkleLog.inMemory();
            other.append(A);
            other.append(B);
            other.append(A);
            assertEquals(
                    "the trail of in-memory is not that of golden file " + file() + "; first at entry 1:\n"
                            + "  expected: 1 " + log.entry(1).leafHash() + " text {\"amount\":10}\n"
                            + "  was:      1 " + other.entry(1).leafHash() + " text {\"amount\":20}\n"
                            + "expected size 2, root " + log.root() + "\n"
                            + "was      size 3, root " + other.root() + "\n"
                            + "if the trail is as it should be, run this test once with -Dvaultmesh.golden=refresh,"
                            + " and review what changed in the file",
                    failure(() -> assertThat(other).matchesGolden(file())));
            assertEquals(before, Files.readString(file()));
        }

        @Test
        void thatIsLongerOrShorterShowsWhatIsMissing() {
            log.append(A);
            refresh();
            log.append(B);
            assertTrue(failure(() -> assertThat(log).matchesGolden(file()))
                    .contains("first at entry 1:\n  expected: nothing\n  was:      1 "));
            MerkleLog empty = MerkleLog.inMemory();
            assertTrue(failure(() -> assertThat(empty).matchesGolden(file()))
                    .contains("first at entry 0:\n  expected: 0 "));
        }

        @ParameterizedTest
        @ValueSource(strings = {"vaultmesh-trail 1", "size 1", "root 0"})
        void whoseHeadWasEditedIsRefused(String line) throws IOException {
            log.append(A);
            refresh();
            String text = Files.readString(file());
            int at = line.startsWith("v") ? 0 : text.indexOf(line.split(" ")[0]);
            Files.writeString(file(), text.substring(0, at) + "X" + text.substring(at + 1));
            assertTrue(failure(() -> assertThat(log).matchesGolden(file())).contains("; first at line "));
        }

        @Test
        void withTheLineEndsOfAnotherSystemIsTheSame() throws IOException {
            log.append(A);
            refresh();
            Files.writeString(file(), Files.readString(file()).replace("\n", "\r\n"));
            assertThat(log).matchesGolden(file());
        }

        @Test
        void isNotRefreshedByAnyOtherWord() {
            System.setProperty("vaultmesh.golden", "true");
            assertEquals(
                    "system property vaultmesh.golden is true, expected refresh or none",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> assertThat(log).matchesGolden(file()))
                            .getMessage());
            assertFalse(Files.exists(file()));
        }

        @Test
        void thatCantBeReadOrWrittenIsAnErrorOfTheEnvironment() throws IOException {
            Files.createDirectories(file());
            assertThrows(
                    java.io.UncheckedIOException.class, () -> assertThat(log).matchesGolden(file()));
            assertThrows(java.io.UncheckedIOException.class, this::refresh);
        }
    }
}
