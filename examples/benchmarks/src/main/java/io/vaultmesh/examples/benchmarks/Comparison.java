package io.vaultmesh.examples.benchmarks;

import java.util.List;

/**
 * What is measured against what.
 *
 * @param work what is done
 * @param type the class that has the benchmarks; ours is its method {@code vaultmesh}
 * @param method the method that is the peer or bound
 * @param peer what that is, in words
 */
record Comparison(String work, Class<?> type, String method, String peer) {

    static final List<Comparison> ALL = List.of(
            new Comparison(
                    "canonicalize a record of 600 bytes",
                    Canonicalization.class,
                    "jackson",
                    "Jackson with sorted maps"),
            new Comparison(
                    "canonicalize a record of 600 bytes",
                    Canonicalization.class,
                    "erdtman",
                    "erdtman java-json-canonicalization 1.1"),
            new Comparison(
                    "canonicalize 100 KB of records inside one another",
                    CanonicalizationOfNested.class,
                    "erdtman",
                    "erdtman java-json-canonicalization 1.1"),
            new Comparison(
                    "canonicalize 100 KB of numbers",
                    CanonicalizationOfNumbers.class,
                    "erdtman",
                    "erdtman java-json-canonicalization 1.1"),
            new Comparison(
                    "in-memory append of 600 bytes",
                    InMemoryAppend.class,
                    "hashing",
                    "SHA-256 of one leaf and one node for each entry"),
            new Comparison(
                    "durable append of 600 bytes, one thread",
                    DurableAppend.class,
                    "writeAndForce",
                    "write and `force(false)` to a preallocated file"),
            new Comparison(
                    "plan a Python service", Planning.class, "write", "writing the same bytes into a new directory"));

    String ours() {
        return type.getName() + ".vaultmesh";
    }

    String theirs() {
        return type.getName() + "." + method;
    }
}
