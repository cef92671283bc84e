package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.MerkleLog;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Appends 4,096 entries of 600 bytes to a new log in memory; the figures are per entry. */
@State(Scope.Benchmark)
public class InMemoryAppend {

    static final int ENTRIES = 4096;

    private final byte[][] entries = Samples.entries(ENTRIES);

    /** Settles the entries in memory, in order. Otherwise the collector moves them while logs are made, and not for the bound. */
    @Setup
    public void settle() {
        System.gc();
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Hash vaultmesh() {
        MerkleLog log = MerkleLog.inMemory(Samples.SIGNER);
        for (byte[] entry : entries) {
            log.append(entry);
        }
        return log.root();
    }

    /** The bound: what a tree of any make has to hash, one leaf and one node for each entry. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public byte[] hashing() throws NoSuchAlgorithmException, DigestException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] leaf = new byte[1 + Samples.LENGTH];
        byte[] node = new byte[1 + 2 * Hash.LENGTH];
        node[0] = 1;
        for (byte[] entry : entries) {
            System.arraycopy(entry, 0, leaf, 1, entry.length); // one update is faster than two
            sha256.update(leaf, 0, leaf.length);
            sha256.digest(node, 1 + Hash.LENGTH, Hash.LENGTH);
            sha256.update(node, 0, node.length);
            sha256.digest(node, 1, Hash.LENGTH);
        }
        return node;
    }
}
