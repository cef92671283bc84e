package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.Page;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ratio means something only if both sides do the same work. */
class FairnessTest {

    @Test
    void allCanonicalizersMakeTheSameBytesOfTheRecord() throws IOException {
        Canonicalization work = new Canonicalization();
        assertEquals(600, Samples.record().length);
        assertArrayEquals(work.vaultmesh(), work.jackson());
        assertArrayEquals(work.vaultmesh(), work.erdtman());
    }

    @Test
    void bothCanonicalizersMakeTheSameBytesOfTheLargeTexts() throws IOException {
        CanonicalizationOfNested nested = new CanonicalizationOfNested();
        assertArrayEquals(nested.vaultmesh(), nested.erdtman());
        CanonicalizationOfNumbers numbers = new CanonicalizationOfNumbers();
        assertArrayEquals(numbers.vaultmesh(), numbers.erdtman());
    }

    @Test
    void boundOfPlanningWritesEveryPlannedByte() throws IOException {
        Planning work = new Planning();
        Planning.Target target = new Planning.Target();
        target.create();
        try {
            Path written = work.write(target);
            for (GeneratedFile file : work.vaultmesh().files()) {
                assertEquals(file.hash(), Hashing.sha256(file.path().in(written)));
            }
        } finally {
            target.delete();
        }
    }

    @Test
    void boundOfAppendingInMemoryHashesALeafAndANodeForEachEntry() throws Exception {
        byte[] node = new byte[Hash.LENGTH];
        for (byte[] entry : Samples.entries(InMemoryAppend.ENTRIES)) {
            byte[] leaf = hash(0, entry);
            node = hash(1, node, leaf);
        }
        byte[] bound = new InMemoryAppend().hashing();
        assertArrayEquals(node, Arrays.copyOfRange(bound, 1, 1 + Hash.LENGTH));
    }

    @ParameterizedTest(name = "{0} entries on {1} threads")
    @CsvSource({"1, 2", "2, 1", "3, 2", "4096, 2", "4097, 2", "12289, 2", "20001, 3"})
    void boundOfFsckHashesTheWholeTree(int count, int threads) throws Exception {
        byte[] entries = new byte[count * 8];
        MerkleLog log = MerkleLog.inMemory();
        List<byte[]> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries[i * 8] = (byte) i;
            entries[i * 8 + 7] = (byte) (i >> 8);
            list.add(Arrays.copyOfRange(entries, i * 8, i * 8 + 8));
        }
        log.appendAll(list);
        assertEquals(log.root(), TreeHashing.root(entries, 8, threads));
    }

    @Test
    void boundOfFsckHashesTheEntriesOfThePreparedLog(@TempDir Path directory) throws Exception {
        PreparedLog log = PreparedLog.THOUSAND;
        log.build(directory.resolve("log"));
        assertEquals(
                MerkleLog.read(directory.resolve("log"), Samples.SIGNER.verifier())
                        .checkpoint()
                        .root(),
                TreeHashing.root(log.allEntries(), log.entryLength(), 2));
    }

    /** In a log of 256² entries no hash of a proof spans the right edge: each is of a subtree of one tile. */
    @Test
    void boundOfProvingReadsTheTilesThatHoldEveryHashOfAProof(@TempDir Path directory) throws IOException {
        List<byte[]> entries = PreparedLog.THOUSAND.split(PreparedLog.THOUSAND.entries(0, 256 * 256));
        try (MerkleLog log = MerkleLog.builder(directory.resolve("log"))
                .signer(Samples.SIGNER)
                .open()) {
            log.appendAll(entries);
            log.publish();
            TileFiles files = new TileFiles(directory.resolve("log"), log.size());
            for (long index : new long[] {0, 255, 256, 40_000, log.size() - 1}) {
                List<Hash> inTiles = new ArrayList<>();
                for (int level = 0; level < files.levels(); level++) {
                    inTiles.addAll(subtrees(files.read(level, index), level == files.levels() - 1 ? 1 : 256));
                }
                LogProof proof = log.proveInclusion(index);
                assertEquals(16, proof.hashes().size());
                assertTrue(inTiles.containsAll(proof.hashes()), "index " + index);
            }
            log.appendAll(entries.subList(0, 10));
            log.publish();
            TileFiles grown = new TileFiles(directory.resolve("log"), log.size());
            Hash leaf = log.append(entries.get(3)).leafHash();
            assertEquals(leaf, subtrees(grown.read(0, 65_539), 256).get(3), "of the partial tile");
            assertEquals(0, grown.read(1, 65_539).length, "no hash of level 1 is above it");
        }
    }

    /** Both sides of a search find the same, and the rows for FTS5 alone have every word that the index has. */
    @Test
    void bothSidesOfASearchFindTheSameRecords(@TempDir Path directory) throws Exception {
        PreparedMemory prepared = PreparedMemory.A_THOUSAND;
        Path memories = prepared.in(directory);
        prepared.build(memories);
        try (Remembrancer memory = Remembrancer.open(memories);
                SqliteReader index = SqliteReader.open(memories.resolve("namespaces/main/index.db"))) {
            for (int number = 0; number < prepared.size(); number += 37) {
                String first = PreparedMemory.title(number).get(0);
                String second = PreparedMemory.body(number).split(" ")[7];
                Page page = memory.query(first + " " + second).page();
                assertTrue(page.matches() > 0, first + " " + second);
                assertEquals(
                        page.matches(),
                        index.readAll(Searching.MATCH, "\"" + first + "\" \"" + second + "\""),
                        first + " " + second);
                String component = PreparedMemory.component(number);
                assertEquals(
                        memory.query(Search.all().component(component))
                                .page()
                                .hits()
                                .size(),
                        index.readAll(Searching.SELECT, component));
            }
        }
    }

    private static List<Hash> subtrees(byte[] tile, int width) {
        List<Hash> level = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            level.add(Hash.of(Arrays.copyOfRange(tile, i * Hash.LENGTH, (i + 1) * Hash.LENGTH)));
        }
        List<Hash> all = new ArrayList<>(level);
        while (level.size() > 1) {
            List<Hash> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(Hash.of(hash(1, level.get(i).bytes(), level.get(i + 1).bytes())));
            }
            all.addAll(above);
            level = above;
        }
        return all;
    }

    private static byte[] hash(int prefix, byte[]... parts) {
        var sha256 = Hashing.newSha256();
        sha256.update((byte) prefix);
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }
}
