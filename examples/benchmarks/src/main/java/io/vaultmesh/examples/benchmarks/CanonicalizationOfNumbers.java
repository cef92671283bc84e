package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.json.CanonicalJson;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Canonicalizes 100 KB of numbers, from bytes to bytes. */
@State(Scope.Benchmark)
public class CanonicalizationOfNumbers {

    private final byte[] numbers = JsonSamples.numbers();

    @Benchmark
    public byte[] vaultmesh() {
        return CanonicalJson.canonicalize(numbers);
    }

    @Benchmark
    public byte[] erdtman() throws IOException {
        return new JsonCanonicalizer(numbers).getEncodedUTF8();
    }
}
