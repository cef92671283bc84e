package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.security.MessageDigest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What each side does to find out what two sets of a million records differ in. */
public class Reconciling {

    /** A million ids as bytes. */
    @State(Scope.Benchmark)
    public static class Ids {

        private static final int IDS = 1_000_000;

        private final byte[] bytes = new byte[IDS * Hash.LENGTH];

        public Ids() {
            SampleIds ids = new SampleIds();
            for (int i = 0; i < IDS; i++) {
                ids.id(i).write(bytes, i * Hash.LENGTH);
            }
        }
    }

    /** What it takes to hash each id once. */
    @Benchmark
    public int hashing(Ids ids) {
        MessageDigest sha256 = Hashing.newSha256();
        int all = 0;
        for (int at = 0; at < ids.bytes.length; at += Hash.LENGTH) {
            sha256.update(ids.bytes, at, Hash.LENGTH);
            all ^= sha256.digest()[0];
        }
        return all;
    }

    @Benchmark
    public int noneAsClient(Difference.None difference) {
        return difference.asClient();
    }

    @Benchmark
    public int noneAsServer(Difference.None difference) {
        return difference.asServer();
    }

    @Benchmark
    public int oneAsClient(Difference.One difference) {
        return difference.asClient();
    }

    @Benchmark
    public int oneAsServer(Difference.One difference) {
        return difference.asServer();
    }

    @Benchmark
    public int hundredAsClient(Difference.Hundred difference) {
        return difference.asClient();
    }

    @Benchmark
    public int hundredAsServer(Difference.Hundred difference) {
        return difference.asServer();
    }

    @Benchmark
    public int newestAsClient(Difference.Newest difference) {
        return difference.asClient();
    }

    @Benchmark
    public int newestAsServer(Difference.Newest difference) {
        return difference.asServer();
    }

    @Benchmark
    public int scatteredAsClient(Difference.Scattered difference) {
        return difference.asClient();
    }

    @Benchmark
    public int scatteredAsServer(Difference.Scattered difference) {
        return difference.asServer();
    }

    @Benchmark
    public int framedAsClient(Difference.Framed difference) {
        return difference.asClient();
    }

    @Benchmark
    public int framedAsServer(Difference.Framed difference) {
        return difference.asServer();
    }
}
