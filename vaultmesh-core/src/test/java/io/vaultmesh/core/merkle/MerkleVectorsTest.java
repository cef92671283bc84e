package io.vaultmesh.core.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.Vectors;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Against proofs that golang.org/x/mod/sumdb/tlog made. */
class MerkleVectorsTest {

    private static final JsonNode VECTORS = read();
    private static final List<Hash> LEAVES = hashes(VECTORS.get("leafHashes"));
    private static final List<Hash> ROOTS = hashes(VECTORS.get("roots"));

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Vectors.bytes("tlog/proofs-1-16.json"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Hash> hashes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(hash -> Hash.parseBase64(hash.textValue()))
                .toList();
    }

    @Test
    void leafHashesAreMet() {
        JsonNode entries = VECTORS.get("leavesBase64");
        assertEquals(16, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            byte[] entry = Base64.getDecoder().decode(entries.get(i).textValue());
            assertEquals(LEAVES.get(i), MerkleTree.leafHash(entry), "leaf " + i);
        }
    }

    @Test
    void rootsOfEverySizeAreMet() {
        assertEquals(17, ROOTS.size());
        CompactRange range = new CompactRange();
        for (int size = 0; size <= 16; size++) {
            HashReader reader = NaiveTree.reader(LEAVES.subList(0, size));
            assertEquals(ROOTS.get(size), range.root(), "appended one by one, size " + size);
            assertEquals(ROOTS.get(size), MerkleTree.root(size, reader), "calculated, size " + size);
            assertEquals(ROOTS.get(size), CompactRange.of(size, reader).root(), "compact range of size " + size);
            assertEquals(size, range.size());
            if (size < 16) {
                range.append(LEAVES.get(size));
            }
        }
        assertEquals(ROOTS.get(0), MerkleTree.emptyRoot());
    }

    @Test
    void everyInclusionProofIsMadeAlikeAndLeadsToTheRoot() {
        JsonNode proofs = VECTORS.get("inclusion");
        assertEquals(136, proofs.size());
        for (JsonNode vector : proofs) {
            int index = vector.get("index").intValue();
            int size = vector.get("size").intValue();
            List<Hash> expected = hashes(vector.get("proof"));
            InclusionProof made = MerkleTree.inclusionProof(index, size, NaiveTree.reader(LEAVES.subList(0, size)));
            assertEquals(new InclusionProof(index, size, expected), made);
            assertEquals(expected, made.hashes(), index + " in " + size);
            assertEquals(ROOTS.get(size), made.impliedRoot(LEAVES.get(index)), index + " in " + size);
        }
    }

    @Test
    void everyConsistencyProofIsMadeAlikeAndConnectsTheRoots() {
        JsonNode proofs = VECTORS.get("consistency");
        assertEquals(136, proofs.size());
        for (JsonNode vector : proofs) {
            int from = vector.get("old").intValue();
            int to = vector.get("size").intValue();
            List<Hash> expected = hashes(vector.get("proof"));
            ConsistencyProof made = MerkleTree.consistencyProof(from, to, NaiveTree.reader(LEAVES.subList(0, to)));
            assertEquals(new ConsistencyProof(from, to, expected), made);
            assertTrue(made.connects(ROOTS.get(from), ROOTS.get(to)).holds(), from + " to " + to);
        }
    }

    @Test
    void noMutatedInclusionProofLeadsToTheRoot() {
        int mutations = 0;
        for (JsonNode vector : VECTORS.get("inclusion")) {
            int index = vector.get("index").intValue();
            int size = vector.get("size").intValue();
            List<Hash> hashes = hashes(vector.get("proof"));
            for (Mutation mutation : mutations(hashes)) {
                mutations++;
                if (mutation.hashes().size() != hashes.size()) {
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new InclusionProof(index, size, mutation.hashes()),
                            mutation.what());
                } else {
                    Hash root = new InclusionProof(index, size, mutation.hashes()).impliedRoot(LEAVES.get(index));
                    assertFalse(root.equals(ROOTS.get(size)), index + " in " + size + ": " + mutation.what());
                }
            }
            for (int other = 0; other < size; other++) {
                if (other != index) {
                    mutations++;
                    assertFalse(
                            leadsTo(other, size, hashes, LEAVES.get(index)), index + " as " + other + " in " + size);
                    assertFalse(
                            leadsTo(index, size, hashes, LEAVES.get(other)), other + " at " + index + " in " + size);
                }
            }
        }
        assertTrue(mutations > 2000, "only " + mutations + " mutations");
    }

    private static boolean leadsTo(int index, int size, List<Hash> hashes, Hash leaf) {
        try {
            return new InclusionProof(index, size, hashes).impliedRoot(leaf).equals(ROOTS.get(size));
        } catch (IllegalArgumentException wrongLength) {
            return false;
        }
    }

    @Test
    void noMutatedConsistencyProofConnectsTheRoots() {
        int mutations = 0;
        for (JsonNode vector : VECTORS.get("consistency")) {
            int from = vector.get("old").intValue();
            int to = vector.get("size").intValue();
            List<Hash> hashes = hashes(vector.get("proof"));
            for (Mutation mutation : mutations(hashes)) {
                mutations++;
                assertFalse(connects(from, to, mutation.hashes()), from + " to " + to + ": " + mutation.what());
            }
            for (int other = 1; other <= 16; other++) {
                mutations++;
                // another pair of sizes, with the roots of those sizes
                assertFalse(other != from && connects(other, to, hashes), from + " to " + to + " as from " + other);
                assertFalse(other != to && connects(from, other, hashes), from + " to " + to + " as to " + other);
                // these sizes, with the root of another
                ConsistencyProof proof = new ConsistencyProof(from, to, hashes);
                assertFalse(
                        other != from
                                && proof.connects(ROOTS.get(other), ROOTS.get(to))
                                        .holds(),
                        from + " to " + to + " with old root of " + other);
                assertFalse(
                        other != to
                                && proof.connects(ROOTS.get(from), ROOTS.get(other))
                                        .holds(),
                        from + " to " + to + " with new root of " + other);
            }
        }
        assertTrue(mutations > 2000, "only " + mutations + " mutations");
    }

    private static boolean connects(int from, int to, List<Hash> hashes) {
        if (from == to && hashes.isEmpty()) {
            return false; // a tree extends itself, with the empty proof: not a mutation
        }
        try {
            return new ConsistencyProof(from, to, hashes)
                    .connects(ROOTS.get(from), ROOTS.get(to))
                    .holds();
        } catch (IllegalArgumentException wrongLength) {
            return false;
        }
    }

    private record Mutation(String what, List<Hash> hashes) {}

    /** One hash more at each end, each hash left out, two swapped, a bit of each flipped, one doubled. */
    private static List<Mutation> mutations(List<Hash> hashes) {
        List<Mutation> mutations = new ArrayList<>();
        List<Hash> longer = new ArrayList<>(hashes);
        longer.add(LEAVES.get(0));
        mutations.add(new Mutation("one more", longer));
        List<Hash> before = new ArrayList<>(hashes);
        before.add(0, LEAVES.get(0));
        mutations.add(new Mutation("one before", before));
        for (int i = 0; i < hashes.size(); i++) {
            List<Hash> without = new ArrayList<>(hashes);
            without.remove(i);
            mutations.add(new Mutation("without " + i, without));
            for (int bit : new int[] {0, 7, 100, 255}) {
                List<Hash> flipped = new ArrayList<>(hashes);
                byte[] bytes = hashes.get(i).bytes();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                flipped.set(i, Hash.of(bytes));
                mutations.add(new Mutation("bit " + bit + " of " + i, flipped));
            }
            for (int j = i + 1; j < hashes.size(); j++) {
                List<Hash> swapped = new ArrayList<>(hashes);
                Collections.swap(swapped, i, j);
                mutations.add(new Mutation("swapped " + i + " and " + j, swapped));
            }
        }
        return mutations;
    }
}
