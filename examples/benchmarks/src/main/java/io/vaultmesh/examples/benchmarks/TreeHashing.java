package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The bare hashing of a Merkle tree over entries of one length that lie in one array: every leaf and every node. */
final class TreeHashing {

    /** How many leaves a thread takes at a time; a power of two, so that it makes a whole subtree of them. */
    private static final int SUBTREE = 4096;

    private final MessageDigest sha256;
    private final byte[] entries;
    private final int length;
    private final byte[] leaf;
    private final byte[] node = new byte[1 + 2 * Hash.LENGTH];
    private final byte[] level = new byte[SUBTREE * Hash.LENGTH];

    private TreeHashing(byte[] entries, int length) throws NoSuchAlgorithmException {
        this.sha256 = MessageDigest.getInstance("SHA-256");
        this.entries = entries;
        this.length = length;
        this.leaf = new byte[1 + length];
        node[0] = 1;
    }

    /** The root over entries of one length, hashed by some threads. */
    static Hash root(byte[] entries, int length, int threads)
            throws InterruptedException, ExecutionException, NoSuchAlgorithmException, DigestException {
        int count = entries.length / length;
        byte[] subtrees = new byte[(count + SUBTREE - 1) / SUBTREE * Hash.LENGTH];
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                tasks.add(() -> new TreeHashing(entries, length).subtrees(subtrees, first, threads));
            }
            for (Future<Boolean> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            pool.shutdown();
        }
        new TreeHashing(entries, length).foldToRoot(subtrees, subtrees.length / Hash.LENGTH);
        return Hash.of(Arrays.copyOf(subtrees, Hash.LENGTH));
    }

    /** Every so many subtrees, from the first one on. */
    private boolean subtrees(byte[] into, int first, int step) throws DigestException {
        int count = entries.length / length;
        for (int subtree = first; subtree * SUBTREE < count; subtree += step) {
            int leaves = Math.min(SUBTREE, count - subtree * SUBTREE);
            for (int i = 0; i < leaves; i++) {
                System.arraycopy(entries, (subtree * SUBTREE + i) * length, leaf, 1, length);
                sha256.update(leaf, 0, leaf.length);
                sha256.digest(level, i * Hash.LENGTH, Hash.LENGTH);
            }
            foldToRoot(level, leaves);
            System.arraycopy(level, 0, into, subtree * Hash.LENGTH, Hash.LENGTH);
        }
        return true;
    }

    /** Level by level, in place; a hash without a neighbour goes up as it is. */
    private void foldToRoot(byte[] hashes, int count) throws DigestException {
        int width = count;
        while (width > 1) {
            for (int i = 0; i < width / 2; i++) {
                System.arraycopy(hashes, 2 * i * Hash.LENGTH, node, 1, 2 * Hash.LENGTH);
                sha256.update(node, 0, node.length);
                sha256.digest(hashes, i * Hash.LENGTH, Hash.LENGTH);
            }
            if (width % 2 == 1) {
                System.arraycopy(hashes, (width - 1) * Hash.LENGTH, hashes, width / 2 * Hash.LENGTH, Hash.LENGTH);
            }
            width = (width + 1) / 2;
        }
    }
}
