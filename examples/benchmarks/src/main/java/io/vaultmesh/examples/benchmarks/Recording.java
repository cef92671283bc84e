package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Records deployments, which are signed, durable, proven and indexed; one thread. */
public class Recording {

    /** A memory in a directory. */
    @State(Scope.Benchmark)
    public static class Memory {

        private final Path directory = Scratch.create();
        private final Remembrancer memory = Remembrancer.open(directory.resolve("memory"));
        private final AtomicInteger next = new AtomicInteger();

        Receipt record() {
            return memory.record(deployment(next.getAndIncrement()));
        }

        @TearDown
        public void delete() throws IOException {
            memory.close();
            Scratch.delete(directory);
        }
    }

    /** A log in a directory, with entries as long as those of the memory, and a key. */
    @State(Scope.Benchmark)
    public static class SigningLog {

        private final byte[] entry = entryOfARecord();
        private final byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        private final byte[] key = publicKey(seed);
        private final Path directory = Scratch.create();
        private final MerkleLog log = MerkleLog.builder(directory.resolve("log"))
                .signer(Samples.SIGNER)
                .open();
        private final AtomicInteger next = new AtomicInteger();

        Appended signAndAppend() {
            byte[] signed = entry.clone();
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(seed, 0, key, 0, signed, 0, signed.length, signature, 0);
            System.arraycopy(signature, 0, signed, 0, signature.length);
            int number = next.getAndIncrement();
            signed[signature.length] = (byte) number;
            signed[signature.length + 1] = (byte) (number >>> 8);
            return log.append(signed);
        }

        @TearDown
        public void delete() throws IOException {
            log.close();
            Scratch.delete(directory);
        }
    }

    static Deployment deployment(int number) {
        byte[] hash = new byte[Hash.LENGTH];
        Arrays.fill(hash, (byte) number);
        return Deployment.of("ledger-" + number % 100, "1.4." + number)
                .artifact("ledger.jar", Hash.of(hash))
                .environment("production")
                .attribute("replicas", number % 12);
    }

    private static byte[] publicKey(byte[] seed) {
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        return key;
    }

    private static byte[] entryOfARecord() {
        Path directory = Scratch.create();
        byte[] entry;
        try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
            entry = memory.record(deployment(0)).envelope();
        }
        try {
            Scratch.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + directory + ": " + e, e);
        }
        return entry;
    }

    @Benchmark
    public Receipt vaultmesh(Memory memory) {
        return memory.record();
    }

    /** A signature by Bouncy Castle, and an entry of the same length to a log without anything else. */
    @Benchmark
    public Appended signAndAppend(SigningLog log) {
        return log.signAndAppend();
    }
}
