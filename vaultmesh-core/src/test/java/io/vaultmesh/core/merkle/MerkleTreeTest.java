package io.vaultmesh.core.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static final Hash A = MerkleTree.leafHash("a".getBytes(UTF_8));
    private static final Hash B = MerkleTree.leafHash("b".getBytes(UTF_8));

    private static String refusal(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(IllegalArgumentException.class, act).getMessage();
    }

    private static List<Hash> hashes(int count) {
        return Collections.nCopies(count, A);
    }

    @Nested
    class Prefixes {

        @Test
        void aLeafIsNeverANode() {
            byte[] children = new byte[64];
            A.write(children, 0);
            B.write(children, 32);
            assertEquals(NaiveTree.leaf(children), MerkleTree.leafHash(children));
            assertEquals(NaiveTree.node(A, B), MerkleTree.nodeHash(A, B));
            assertTrue(!MerkleTree.leafHash(children).equals(MerkleTree.nodeHash(A, B)));
            assertTrue(!MerkleTree.leafHash(children).equals(Hashing.sha256(children)));
        }

        @Test
        void aNullEntryDoesNotSpoilTheNextHash() {
            assertThrows(
                    NullPointerException.class, () -> MerkleTree.leafHash(null).bytes());
            assertEquals(NaiveTree.leaf("a".getBytes(UTF_8)), MerkleTree.leafHash("a".getBytes(UTF_8)));
            assertThrows(
                    NullPointerException.class,
                    () -> MerkleTree.nodeHash(A, null).bytes());
            assertEquals(NaiveTree.node(A, B), MerkleTree.nodeHash(A, B));
        }
    }

    @Nested
    class Refused {

        private final HashReader none = nodes -> {
            throw new AssertionError("nothing may be read");
        };

        @Test
        void negativeSizes() {
            assertEquals(
                    "tree size is -1, expected at least 0",
                    refusal(() -> MerkleTree.root(-1, none).bytes()));
            assertEquals(
                    "tree size is -1, expected at least 0",
                    refusal(() -> CompactRange.of(-1, none).size()));
        }

        @Test
        void leavesThatAreNotThere() {
            for (long index : new long[] {-1, 3, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertEquals(
                        "leaf index is " + index + ", expected 0 to 2 in a tree of 3",
                        refusal(() -> MerkleTree.inclusionProof(index, 3, none).hashes()));
            }
            assertTrue(refusal(() -> MerkleTree.inclusionProof(0, 0, none).hashes())
                    .contains("leaf index is 0"));
            assertTrue(refusal(() -> MerkleTree.inclusionProof(0, -5, none).hashes())
                    .contains("tree size is -5"));
        }

        @Test
        void consistencyFromNothingOrBackwards() {
            long[][] pairs = {{0, 3}, {4, 3}, {-1, 3}, {1, 0}, {1, -1}, {Long.MIN_VALUE, Long.MAX_VALUE}};
            for (long[] pair : pairs) {
                String expected = "a consistency proof from size " + pair[0] + " to " + pair[1]
                        + " doesn't exist, expected 0 < old size <= new size";
                assertEquals(
                        expected,
                        refusal(() -> MerkleTree.consistencyProof(pair[0], pair[1], none)
                                .hashes()));
                assertEquals(expected, refusal(() -> new ConsistencyProof(pair[0], pair[1], List.of()).hashes()));
            }
        }

        @Test
        void proofsOfAnyOtherLength() {
            assertEquals(
                    "the proof for leaf 2 in a tree of 5 has 2 hashes, expected 3",
                    refusal(() -> new InclusionProof(2, 5, hashes(2)).hashes()));
            assertEquals(
                    "the proof for leaf 4 in a tree of 5 has 2 hashes, expected 1",
                    refusal(() -> new InclusionProof(4, 5, hashes(2)).hashes()));
            assertEquals(
                    "the proof from size 3 to 4 has 2 hashes, expected 3",
                    refusal(() -> new ConsistencyProof(3, 4, hashes(2)).hashes()));
            assertEquals(
                    "the proof from size 4 to 4 has 1 hashes, expected 0",
                    refusal(() -> new ConsistencyProof(4, 4, hashes(1)).hashes()));
            assertEquals(
                    "leaf index is 5 in a tree of 5, expected 0 <= index < size",
                    refusal(() -> new InclusionProof(5, 5, hashes(0)).hashes()));
        }

        @Test
        void readersThatReturnTooFewHashes() {
            assertEquals(
                    "the hash reader returned 0 hashes, expected 2",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> MerkleTree.root(3, nodes -> List.of()).bytes())
                            .getMessage());
        }

        @Test
        void nodesOutsideAnyTree() {
            assertThrows(IllegalArgumentException.class, () -> new NodeId(-1, 0).index());
            assertThrows(IllegalArgumentException.class, () -> new NodeId(0, -1).index());
        }
    }

    @Nested
    class LargestSizes {

        private final HashReader anything = nodes -> nodes.stream()
                .map(node -> {
                    assertTrue(node.level() >= 0 && node.level() < 63 && node.index() >= 0, node::toString);
                    return MerkleTree.leafHash(node.toString().getBytes(UTF_8));
                })
                .toList();

        @Test
        void proofsInATreeOfMoreThanFourBillionBillionLeaves() {
            long size = Long.MAX_VALUE;
            Hash root = MerkleTree.root(size, anything);
            for (long index : new long[] {0, 1, size / 2, size / 2 + 1, size - 2, size - 1}) {
                InclusionProof proof = MerkleTree.inclusionProof(index, size, anything);
                assertTrue(proof.hashes().size() <= 63);
                Hash leaf = anything.read(List.of(new NodeId(0, index))).get(0);
                if (index == size - 1) { // the only leaf whose way up has no nodes that the reader made up
                    assertEquals(root, proof.impliedRoot(leaf));
                }
            }
            // from the left part of 2^62 leaves, which the reader gives as one node
            ConsistencyProof half = MerkleTree.consistencyProof(1L << 62, size, anything);
            Hash left = anything.read(List.of(new NodeId(62, 0))).get(0);
            assertTrue(half.connects(left, root).holds());
            assertTrue(MerkleTree.consistencyProof(size, size, anything)
                    .connects(root, root)
                    .holds());
        }
    }

    @Test
    void aCompactRangeSaysWhatItHolds() {
        CompactRange range = new CompactRange();
        range.append(A);
        range.append(B);
        range.append(A);
        assertEquals("CompactRange[size=3, roots=2]", range.toString());
        assertThrows(NullPointerException.class, () -> range.append(null));
        assertEquals(3, range.size());
    }

    @Test
    void treesOfOneSizeAreConsistentOnlyIfTheyAreTheSame() {
        ConsistencyProof same = new ConsistencyProof(4, 4, List.of());
        assertTrue(same.connects(A, A).holds());
        assertEquals(
                "two trees of size 4 have different roots, " + A + " and " + B,
                same.connects(A, B).reason().orElseThrow());
    }

    @Test
    void theRefutationOfAConsistencyProofSaysWhichRootItMisses() {
        Hash root = MerkleTree.nodeHash(A, B);
        ConsistencyProof proof = new ConsistencyProof(1, 2, List.of(B));
        assertTrue(proof.connects(A, root).holds());
        assertEquals(
                "the proof leads to root " + root + " of size 2, expected " + B,
                proof.connects(A, B).reason().orElseThrow());
        Hash rootOf3 = MerkleTree.nodeHash(root, A);
        ConsistencyProof from3 = new ConsistencyProof(3, 4, List.of(A, B, root));
        assertEquals(
                "the proof starts from root " + rootOf3 + " of size 3, expected " + B,
                from3.connects(B, B).reason().orElseThrow());
    }

    @Test
    void proofsKeepTheirOwnCopyOfTheHashes() {
        List<Hash> hashes = new java.util.ArrayList<>(List.of(B));
        InclusionProof proof = new InclusionProof(0, 2, hashes);
        hashes.clear();
        assertEquals(List.of(B), proof.hashes());
        assertThrows(UnsupportedOperationException.class, () -> proof.hashes().clear());
    }
}
