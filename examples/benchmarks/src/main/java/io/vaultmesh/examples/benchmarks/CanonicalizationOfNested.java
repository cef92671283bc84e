package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.json.CanonicalJson;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Canonicalizes 100 KB of records inside one another, from bytes to bytes. */
@State(Scope.Benchmark)
public class CanonicalizationOfNested {

    private final byte[] nested = JsonSamples.nested();

    @Benchmark
    public byte[] vaultmesh() {
        return CanonicalJson.canonicalize(nested);
    }

    @Benchmark
    public byte[] erdtman() throws IOException {
        return new JsonCanonicalizer(nested).getEncodedUTF8();
    }
}
