package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of a log, against what C2SP tlog-tiles says, calculated here anew. */
class LogFilesTest {

    @TempDir
    Path dir;

    private static String number(long n) {
        String path = String.format("%03d", n % 1000);
        for (long rest = n / 1000; rest > 0; rest /= 1000) {
            path = String.format("x%03d/", rest % 1000) + path;
        }
        return path;
    }

    /** The files that a log must have that published these sizes, one after the other. */
    private static Set<String> expected(long... published) {
        Set<String> files = new TreeSet<>(Set.of("checkpoint"));
        long last = published[published.length - 1];
        for (int level = 0; last >>> 8 * level > 0; level++) {
            long full = last >>> 8 * (level + 1);
            for (long n = 0; n < full; n++) {
                files.add("tile/" + level + "/" + number(n));
                if (level == 0) {
                    files.add("tile/entries/" + number(n));
                }
            }
            for (long size : published) {
                long hashes = size >>> 8 * level;
                // a partial stays until the full tile is there
                if (hashes % 256 > 0 && hashes / 256 == full) {
                    files.add("tile/" + level + "/" + number(full) + ".p/" + hashes % 256);
                    if (level == 0) {
                        files.add("tile/entries/" + number(full) + ".p/" + hashes % 256);
                    }
                }
            }
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 256, 000",
        "999, 256, 999",
        "1000, 256, x001/000",
        "1234067, 256, x001/x234/067",
        "1234067, 12, x001/x234/067.p/12",
        "1000000000, 255, x001/x000/x000/000.p/255",
        "36028797018963967, 1, x036/x028/x797/x018/x963/967.p/1"
    })
    void pathsAreWrittenInGroupsOfThreeDigits(long number, int width, String path) {
        assertEquals("tile/5/" + path, TilePath.tile(5, number, width));
        assertEquals("tile/entries/" + path, TilePath.entries(number, width));
    }

    @Test
    void noTileIsWiderThanATileOrEmpty() {
        for (int width : new int[] {-1, 0, 257}) {
            assertEquals(
                    "a tile's width is " + width + ", expected 1 to 256",
                    assertThrows(IllegalArgumentException.class, () -> TilePath.tile(0, 0, width))
                            .getMessage());
        }
    }

    @Test
    void ofALogThatGrowsPastEveryEdgeAreExactlyThoseOfTheSpecification() {
        long[] sizes = {0, 1, 255, 256, 257, 511, 512, 513, 65535, 65536, 65537, 70000};
        List<Long> published = new ArrayList<>();
        try (MerkleLog log = Logs.open(dir)) {
            for (long size : sizes) {
                Logs.grow(log, size);
                published.add(size);
                log.publish();
                assertEquals(expected(longs(published)), Logs.files(dir), "size " + size);
                assertEquals(
                        size, MerkleLog.read(dir, log.verifier()).checkpoint().size());
            }
        }
        Set<String> files = Logs.files(dir);
        assertEquals(273, files.stream().filter(f -> f.matches("tile/0/\\d{3}")).count());
        assertEquals(
                273,
                files.stream().filter(f -> f.matches("tile/entries/\\d{3}")).count());
        assertTrue(files.containsAll(Set.of(
                "tile/0/272",
                "tile/0/273.p/112",
                "tile/entries/273.p/112",
                "tile/1/000",
                "tile/1/001.p/17",
                "tile/2/000.p/1")));
        MerkleLog.read(dir, Logs.SIGNER.verifier()).fsck().orThrow();
        contentIsThatOfTheSpecification(70000);
        everyPartIsFoundAgain(70000);
    }

    private static long[] longs(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }

    private void contentIsThatOfTheSpecification(int size) {
        List<Hash> level = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            level.add(MerkleTree.leafHash(Logs.entry(i)));
        }
        for (int l = 0; !level.isEmpty(); l++) {
            List<Hash> above = new ArrayList<>();
            for (int n = 0; n * 256 < level.size(); n++) {
                List<Hash> tile = level.subList(n * 256, Math.min(level.size(), n * 256 + 256));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                tile.forEach(hash -> bytes.writeBytes(hash.bytes()));
                String partial = tile.size() == 256 ? "" : ".p/" + tile.size();
                assertArrayEquals(bytes.toByteArray(), read("tile/" + l + "/" + number(n) + partial));
                if (l == 0) {
                    bytes.reset();
                    for (int i = n * 256; i < n * 256 + tile.size(); i++) {
                        byte[] entry = Logs.entry(i);
                        bytes.write(entry.length >> 8);
                        bytes.write(entry.length);
                        bytes.writeBytes(entry);
                    }
                    assertArrayEquals(bytes.toByteArray(), read("tile/entries/" + number(n) + partial));
                }
                if (tile.size() == 256) {
                    above.add(rootOf(tile));
                }
            }
            level = above;
        }
    }

    private static Hash rootOf(List<Hash> hashes) {
        if (hashes.size() == 1) {
            return hashes.get(0);
        }
        int half = hashes.size() / 2;
        return MerkleTree.nodeHash(rootOf(hashes.subList(0, half)), rootOf(hashes.subList(half, hashes.size())));
    }

    private byte[] read(String file) {
        try {
            return Files.readAllBytes(dir.resolve(file));
        } catch (IOException e) {
            throw new AssertionError("no " + file, e);
        }
    }

    private void everyPartIsFoundAgain(int size) {
        try (MerkleLog log = Logs.open(dir)) {
            assertFalse(log.created());
            assertEquals(size, log.size());
            for (long index : new long[] {0, 1, 255, 256, 511, 65535, 65536, 69887, 69888, 69999}) {
                assertArrayEquals(Logs.entry(index), log.entry(index).bytes());
                assertTrue(log.proveInclusion(index)
                        .verify(Logs.entry(index), log.verifier())
                        .holds());
            }
            TrustedCheckpoint now = log.checkpoint();
            for (long old : new long[] {1, 255, 256, 257, 512, 65535, 65536, 65537, 69999, 70000}) {
                MerkleLog earlier = MerkleLog.inMemory(Logs.SIGNER);
                Logs.grow(earlier, old);
                assertTrue(log.verify(earlier.checkpoint()).holds(), "since " + old);
                assertTrue(now.continues(earlier.checkpoint(), log.proveConsistency(old, size))
                        .holds());
                assertEquals(log.proveConsistency(old, size), memoryOf(size).proveConsistency(old, size));
            }
        }
    }

    private MerkleLog memory;

    private MerkleLog memoryOf(int size) {
        if (memory == null) {
            memory = MerkleLog.inMemory(Logs.SIGNER);
            Logs.grow(memory, size);
        }
        return memory;
    }

    @Nested
    class OfALogThatGrewOneByOne {

        @Test
        void areThoseOfTheLastSizeAndItsPartials() {
            try (MerkleLog log = Logs.open(dir)) {
                for (int i = 0; i < 600; i++) {
                    log.append(Logs.entry(i));
                }
                assertEquals(expected(0), Logs.files(dir));
            }
            assertEquals(expected(0, 600), Logs.files(dir));
        }

        @Test
        void haveAPartialForEverySizeThatWasPublished() {
            try (MerkleLog log = Logs.open(dir)) {
                for (int i = 0; i < 5; i++) {
                    log.append(Logs.entry(i));
                    log.publish();
                    log.publish();
                }
                assertEquals(expected(0, 1, 2, 3, 4, 5), Logs.files(dir));
                Logs.grow(log, 256);
                log.publish();
                assertEquals(expected(0, 256), Logs.files(dir));
            }
            assertFalse(Files.exists(dir.resolve("tile/0/000.p")));
            assertFalse(Files.exists(dir.resolve("tile/entries/000.p")));
        }
    }
}
