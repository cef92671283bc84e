package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.build.OutsideProgram.Result;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.NoteVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our logs verified, and logs written for us to read, by a program on Go's own transparency log, {@code
 * golang.org/x/mod/sumdb}. It lies in {@code src/test/go/verify-log}.
 */
class GoTransparencyLogTest {

    private static final NoteVerifier KEY = Logs.SIGNER.verifier();
    private static final Path MODULE =
            Path.of(System.getProperty("module.dir", "")).toAbsolutePath();

    private static OutsideProgram go;

    @TempDir
    Path temp;

    @BeforeAll
    static void findGo() {
        go = OutsideProgram.require("go", "go-x-mod")
                .deadline(Duration.ofMinutes(3))
                .withoutEnv("GO")
                .env(Map.of(
                        "GO111MODULE", "off",
                        "GOPATH", "/usr/share/gocode",
                        "GOCACHE", MODULE.resolve("target/go-cache").toString(),
                        "GOTOOLCHAIN", "local"));
    }

    private static Result go(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "."));
        Arrays.stream(arguments).map(Object::toString).forEach(all::add);
        return go.run(MODULE.resolve("src/test/go/verify-log"), all.toArray(new String[0]));
    }

    private Path log(long size) {
        Path dir = temp.resolve("log");
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, size);
        }
        return dir;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    private static String text(ConsistencyProof proof) {
        StringBuilder text = new StringBuilder("consistency " + proof.oldSize() + " " + proof.newSize() + "\n");
        proof.hashes().forEach(hash -> text.append(hash.toBase64()).append('\n'));
        return text.toString();
    }

    private static Result verify(Path dir, Path... proofs) {
        List<Object> arguments = new ArrayList<>(List.of("verify", dir, KEY.toText()));
        arguments.addAll(List.of(proofs));
        return go(arguments.toArray());
    }

    private static void assertRefused(String why, Result result) {
        assertNotEquals(0, result.exit(), result::toString);
        assertTrue(result.err().startsWith("REFUSED: ") && result.err().contains(why), result::toString);
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }

    @Nested
    class OurLog {

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 255, 256, 257, 70_000})
        void isVerifiedWithProofsOfOurs(long size) throws IOException {
            Path dir = log(size);
            LogReader reader = MerkleLog.read(dir, KEY);
            List<Path> proofs = new ArrayList<>();
            for (long i : new long[] {0, 1, 254, 255, 256, size / 2, size - 2, size - 1}) {
                if (i >= 0 && i < size) {
                    proofs.add(file(i + ".tlog-proof", reader.proveInclusion(i).toText()));
                    proofs.add(file(i + ".consistency", text(reader.proveConsistency(i + 1, size))));
                }
            }
            String out = verify(dir, proofs.toArray(new Path[0])).orFail();
            Hash root = reader.checkpoint().root();
            assertTrue(
                    out.startsWith("checkpoint: signed by example.com/log, size " + size + ", root " + root + "\n"),
                    out);
            assertTrue(out.contains("\nentries: " + size + " have the leaf hashes that the tiles have\n"), out);
            long tiles = Logs.files(dir).stream()
                    .filter(name -> name.matches("tile/[0-9].*"))
                    .count();
            assertTrue(out.contains("\ntiles: " + tiles + " are what the entries give"), out);
            assertTrue(out.endsWith("\nproof files: " + proofs.size() + " verified\n"), out);
        }

        @Test
        void isRefusedWithAFlippedByte() throws IOException {
            Path dir = log(300);
            verify(dir).orFail();
            Map<String, String> whys = Map.of(
                    "checkpoint", "checkpoint: ",
                    "tile/entries/000", "entry 0 has leaf hash ",
                    "tile/entries/001.p/44", "entry 256 has leaf hash ",
                    "tile/0/000", "", // an inconsistent tile; to x/mod before 0.40, another leaf hash (CVE-2026-56865)
                    "tile/0/001.p/44", "inconsistent tile",
                    "tile/1/000.p/1", "inconsistent tile");
            for (Map.Entry<String, String> each : whys.entrySet()) {
                Path file = dir.resolve(each.getKey());
                flip(file, each.getKey().equals("checkpoint") ? Files.size(file) - 5 : 3);
                assertRefused(each.getValue(), verify(dir));
                flip(file, each.getKey().equals("checkpoint") ? Files.size(file) - 5 : 3);
            }
            assertRefused(
                    "",
                    go(
                            "verify",
                            dir,
                            Logs.signer("example.com/log", 2).verifier().toText()));
            verify(dir).orFail();
        }

        @Test
        void isRefusedWithAForgedEntryWhoseTileWasForgedToo() throws IOException {
            Path dir = log(70_000);
            byte[] bundle = Files.readAllBytes(dir.resolve("tile/entries/005"));
            bundle[2] ^= 1; // entry 1280
            Files.write(dir.resolve("tile/entries/005"), bundle);
            byte[] tile = Files.readAllBytes(dir.resolve("tile/0/005"));
            LogEntry forged = new LogEntry(1280, Arrays.copyOfRange(bundle, 2, 2 + Logs.entry(1280).length));
            forged.leafHash().write(tile, 0);
            Files.write(dir.resolve("tile/0/005"), tile);
            // an inconsistent tile; x/mod before 0.40 takes it, and then the entries have another root (CVE-2026-56865)
            assertRefused("", verify(dir));
            assertThrows(
                    LogDamagedException.class, () -> MerkleLog.read(dir, KEY).entry(1280));
        }

        @Test
        void isRefusedWithAProofThatIsNot() throws IOException {
            Path dir = log(300);
            LogReader reader = MerkleLog.read(dir, KEY);
            String inclusion = reader.proveInclusion(7).toText();
            String consistency = text(reader.proveConsistency(256, 300));
            verify(dir, file("a.tlog-proof", inclusion), file("a.consistency", consistency))
                    .orFail();
            assertRefused("b.tlog-proof: ", verify(dir, file("b.tlog-proof", inclusion.replace("index 7", "index 8"))));
            Path flipped = file("c.consistency", consistency);
            flip(flipped, consistency.indexOf('\n') + 1);
            assertRefused("c.consistency: ", verify(dir, flipped));
        }
    }

    @Nested
    class TheirLog {

        private final Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(new byte[32]);
        private final NoteSigner signer = NoteSigner.ed25519("go.example.com/log", key);

        private byte[] entry(long index) {
            if (index == 3) {
                return new byte[0];
            }
            if (index == 5) {
                byte[] longest = new byte[LogEntry.MAX_LENGTH];
                Arrays.fill(longest, (byte) 0xa5);
                return longest;
            }
            return ("go entry " + index).getBytes(UTF_8);
        }

        private String write(Path dir, long size, long index) {
            return go("write", dir, NoteKeys.exposePrivateKey(signer.name(), key), size, index)
                    .orFail();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 6, 256, 300, 70_000})
        void isReadAndVerified(long size) throws IOException {
            Path dir = Files.createDirectory(temp.resolve("go"));
            String out = write(dir, size, size / 2);
            LogReader reader = MerkleLog.read(dir, signer.verifier());
            assertEquals(
                    "written: size " + size + ", root " + reader.checkpoint().root() + "\n", out);
            List<LogEntry> entries = reader.entries(0, size).toList();
            assertEquals(size, entries.size());
            for (LogEntry entry : entries) {
                assertArrayEquals(entry(entry.index()), entry.bytes());
            }
            reader.fsck().orThrow();
            if (size > 0) {
                LogProof theirs = LogProof.parse(Files.readString(dir.resolve("go.tlog-proof")));
                theirs.verify(entry(size / 2), signer.verifier()).orThrow();
                assertEquals(theirs, reader.proveInclusion(size / 2));
            }
        }

        @Test
        void isRefusedWithAFlippedByte() throws IOException {
            Path dir = Files.createDirectory(temp.resolve("go"));
            assertTrue(write(dir, 300, 0).startsWith("written: size 300, "));
            flip(dir.resolve("tile/entries/000"), 4);
            LogReader reader = MerkleLog.read(dir, signer.verifier());
            assertTrue(assertThrows(LogDamagedException.class, () -> reader.entry(0))
                    .getMessage()
                    .startsWith("tile/entries/000: entry 0, "));
            assertTrue(reader.fsck().failed());
            assertArrayEquals(entry(1), reader.entry(1).bytes());
        }
    }
}
