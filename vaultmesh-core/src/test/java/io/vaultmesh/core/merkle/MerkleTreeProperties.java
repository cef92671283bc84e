package io.vaultmesh.core.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MerkleTreeProperties {

    private static final int MAX = 2000;
    private static final List<Hash> LEAVES = leaves();
    private static final Map<NodeId, Hash> KNOWN = Collections.synchronizedMap(new HashMap<>());

    private static List<Hash> leaves() {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < MAX + 1; i++) {
            leaves.add(NaiveTree.leaf(ByteBuffer.allocate(4).putInt(i).array()));
        }
        return List.copyOf(leaves);
    }

    /** Each node once: they are the same in every tree over these leaves. */
    private static HashReader reader(int size) {
        HashReader naive = NaiveTree.reader(LEAVES.subList(0, size));
        return nodes -> nodes.stream()
                .map(node -> {
                    assertTrue((node.index() + 1) << node.level() <= size, () -> node + " is not complete in " + size);
                    return KNOWN.computeIfAbsent(
                            node, n -> naive.read(List.of(n)).get(0));
                })
                .toList();
    }

    @Property(tries = 100)
    void rootsAreThoseOfTheDefinition(@ForAll @IntRange(min = 0, max = MAX) int size) {
        Hash expected = NaiveTree.root(LEAVES.subList(0, size));
        assertEquals(expected, MerkleTree.root(size, reader(size)));
        CompactRange appended = new CompactRange();
        LEAVES.subList(0, size).forEach(appended::append);
        assertEquals(expected, appended.root());
        CompactRange read = CompactRange.of(size, reader(size));
        assertEquals(expected, read.root());
        assertEquals(size, read.size());
        // and both go on alike, as does a copy, which leaves its original alone
        CompactRange copy = read.copy();
        copy.append(LEAVES.get(size));
        assertEquals(expected, read.root());
        appended.append(LEAVES.get(size));
        read.append(LEAVES.get(size));
        assertEquals(NaiveTree.root(LEAVES.subList(0, size + 1)), appended.root());
        assertEquals(appended.root(), read.root());
        assertEquals(appended.root(), copy.root());
    }

    @Property(tries = 150)
    void inclusionProofsAreThoseOfTheDefinition(
            @ForAll @IntRange(min = 1, max = MAX) int size,
            @ForAll @IntRange(min = 0, max = MAX - 1) int at,
            @ForAll @IntRange(min = 0, max = 255) int bit) {
        int index = at % size;
        InclusionProof proof = MerkleTree.inclusionProof(index, size, reader(size));
        assertEquals(NaiveTree.path(index, LEAVES.subList(0, size)), proof.hashes());
        Hash root = NaiveTree.root(LEAVES.subList(0, size));
        assertEquals(root, proof.impliedRoot(LEAVES.get(index)));
        assertFalse(root.equals(proof.impliedRoot(LEAVES.get(index + 1))));
        for (int i = 0; i < proof.hashes().size(); i++) {
            InclusionProof flipped = new InclusionProof(index, size, flip(proof.hashes(), i, bit));
            assertFalse(root.equals(flipped.impliedRoot(LEAVES.get(index))));
        }
    }

    @Property(tries = 150)
    void consistencyProofsAreThoseOfTheDefinition(
            @ForAll @IntRange(min = 1, max = MAX) int newSize,
            @ForAll @IntRange(min = 0, max = MAX - 1) int at,
            @ForAll @IntRange(min = 0, max = 255) int bit) {
        int oldSize = 1 + at % newSize;
        ConsistencyProof proof = MerkleTree.consistencyProof(oldSize, newSize, reader(newSize));
        assertEquals(NaiveTree.proof(oldSize, LEAVES.subList(0, newSize)), proof.hashes());
        Hash oldRoot = NaiveTree.root(LEAVES.subList(0, oldSize));
        Hash newRoot = NaiveTree.root(LEAVES.subList(0, newSize));
        assertTrue(proof.connects(oldRoot, newRoot).holds());
        assertEquals(oldSize == newSize, proof.connects(newRoot, newRoot).holds());
        assertEquals(oldSize == newSize, proof.connects(oldRoot, oldRoot).holds());
        for (int i = 0; i < proof.hashes().size(); i++) {
            ConsistencyProof flipped = new ConsistencyProof(oldSize, newSize, flip(proof.hashes(), i, bit));
            assertFalse(flipped.connects(oldRoot, newRoot).holds());
        }
    }

    private static List<Hash> flip(List<Hash> hashes, int i, int bit) {
        List<Hash> flipped = new ArrayList<>(hashes);
        byte[] bytes = hashes.get(i).bytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        flipped.set(i, Hash.of(bytes));
        return flipped;
    }
}
