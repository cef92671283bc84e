package io.vaultmesh.core.json;

import static java.util.Objects.requireNonNull;

/**
 * Limits and policy for reading JSON. Immutable; start from {@link #CANONICAL} or {@link #STRICT}.
 *
 * @param numbers which integers are accepted
 * @param maxDepth how many arrays and objects may be inside one another, 1 to 10,000
 * @param maxBytes how long the text may be in bytes of UTF-8, 1 to 100,000,000
 */
public record JsonOptions(NumberPolicy numbers, int maxDepth, int maxBytes) {

    private static final int MIB = 1024 * 1024;

    /** The defaults of {@link CanonicalJson}: exact integers, depth 1,000, 64 MiB. */
    public static final JsonOptions CANONICAL = new JsonOptions(NumberPolicy.EXACT_INTEGERS, 1_000, 64 * MIB);

    /** The defaults of {@link StrictJson}: exact integers, depth 64, 64 MiB. */
    public static final JsonOptions STRICT = CANONICAL.withMaxDepth(64);

    /**
     * Creates options.
     *
     * @param numbers which integers are accepted
     * @param maxDepth how many arrays and objects may be inside one another, 1 to 10,000
     * @param maxBytes how long the text may be in bytes of UTF-8, 1 to 100,000,000
     * @throws IllegalArgumentException if a limit is outside its range
     */
    public JsonOptions {
        requireNonNull(numbers, "numbers");
        if (maxDepth < 1 || maxDepth > 10_000) {
            throw new IllegalArgumentException("maxDepth is " + maxDepth + ", expected 1 to 10000");
        }
        if (maxBytes < 1 || maxBytes > 100_000_000) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + ", expected 1 to 100000000");
        }
    }

    /**
     * These options with another number policy.
     *
     * @param policy the policy
     * @return the changed copy
     */
    public JsonOptions withNumbers(NumberPolicy policy) {
        return new JsonOptions(policy, maxDepth, maxBytes);
    }

    /**
     * These options with another depth.
     *
     * @param depth how many arrays and objects may be inside one another, 1 to 10,000
     * @return the changed copy
     */
    public JsonOptions withMaxDepth(int depth) {
        return new JsonOptions(numbers, depth, maxBytes);
    }

    /**
     * These options with another size.
     *
     * @param bytes how long the text may be, 1 to 100,000,000
     * @return the changed copy
     */
    public JsonOptions withMaxBytes(int bytes) {
        return new JsonOptions(numbers, maxDepth, bytes);
    }
}
