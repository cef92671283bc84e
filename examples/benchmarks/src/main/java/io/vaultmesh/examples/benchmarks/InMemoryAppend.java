package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteSigner;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Appends 4,096 entries of 600 bytes to a new log in memory; the figures are per entry. */
@State(Scope.Benchmark)
public class InMemoryAppend {

    static final int ENTRIES = 4096;

    private final byte[][] entries = Samples.entries(ENTRIES);
    private final NoteSigner signer = NoteSigner.ed25519("benchmark", Ed25519PrivateKey.generate(new SecureRandom()));

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Hash vaultmesh() {
        MerkleLog log = MerkleLog.inMemory(signer);
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
        byte[] leaf = new byte[Hash.LENGTH];
        byte[] node = new byte[Hash.LENGTH];
        for (byte[] entry : entries) {
            sha256.update((byte) 0);
            sha256.update(entry);
            sha256.digest(leaf, 0, leaf.length);
            sha256.update((byte) 1);
            sha256.update(node);
            sha256.update(leaf);
            sha256.digest(node, 0, node.length);
        }
        return node;
    }
}
