package io.vaultmesh.core.merkle;

import io.vaultmesh.core.hash.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6962 §2.1 word for word, over a list of leaf hashes: recursive, slow, and sharing nothing with {@link MerkleTree},
 * so that the two can disagree.
 */
final class NaiveTree {

    private NaiveTree() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static Hash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        digest.update(entry);
        return Hash.of(digest.digest());
    }

    static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update((byte) 1);
        digest.update(left.bytes());
        digest.update(right.bytes());
        return Hash.of(digest.digest());
    }

    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    /** MTH(D[n]). */
    static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.of(sha256().digest());
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = split(leaves.size());
        return node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    /** PATH(m, D[n]). */
    static List<Hash> path(int m, List<Hash> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int k = split(leaves.size());
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        List<Hash> path = new ArrayList<>(m < k ? path(m, left) : path(m - k, right));
        path.add(root(m < k ? right : left));
        return path;
    }

    /** PROOF(m, D[n]). */
    static List<Hash> proof(int m, List<Hash> leaves) {
        return subproof(m, leaves, true);
    }

    private static List<Hash> subproof(int m, List<Hash> leaves, boolean known) {
        if (m == leaves.size()) {
            return known ? List.of() : List.of(root(leaves));
        }
        int k = split(leaves.size());
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        List<Hash> proof = new ArrayList<>(m <= k ? subproof(m, left, known) : subproof(m - k, right, false));
        proof.add(root(m <= k ? right : left));
        return proof;
    }

    /** Reads nodes of the tree over these leaves, each one calculated anew, and refuses those that are not complete. */
    static HashReader reader(List<Hash> leaves) {
        return nodes -> nodes.stream()
                .map(node -> {
                    int from = Math.toIntExact(node.index() << node.level());
                    return root(leaves.subList(from, from + (1 << node.level())));
                })
                .toList();
    }
}
