package io.vaultmesh.examples.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vaultmesh.core.json.CanonicalJson;
import java.io.IOException;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Canonicalizes a record of 600 bytes, from bytes to bytes. */
@State(Scope.Benchmark)
public class Canonicalization {

    private final byte[] record = Samples.record();
    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Benchmark
    public byte[] vaultmesh() {
        return CanonicalJson.canonicalize(record);
    }

    /** Sorted maps only: neither numbers as ECMAScript writes them, nor a refusal of duplicate names. */
    @Benchmark
    public byte[] jackson() throws IOException {
        return mapper.writeValueAsBytes(mapper.readValue(record, Map.class));
    }

    @Benchmark
    public byte[] erdtman() throws IOException {
        return new JsonCanonicalizer(record).getEncodedUTF8();
    }
}
