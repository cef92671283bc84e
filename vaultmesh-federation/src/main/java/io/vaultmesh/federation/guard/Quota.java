package io.vaultmesh.federation.guard;

/**
 * How much a peer may ask of a namespace: over any time, at most the burst and what the rate gives in that time. Immutable
 * and thread-safe.
 *
 * @param requestsPerSecond how many requests, in the long run; 0.001 to 1,000,000
 * @param requestBurst how many at once, after a pause; 1 to 1,000,000
 * @param bytesPerSecond how many bytes, there and back, in the long run; 1 to 2⁴⁰
 * @param byteBurst how many at once, after a pause; 1 to 2⁴⁰
 */
public record Quota(double requestsPerSecond, int requestBurst, double bytesPerSecond, long byteBurst) {

    /** 100 requests a second and 500 at once; 32 MiB a second and 128 MiB at once. */
    public static final Quota DEFAULT = new Quota(100, 500, 32 << 20, 128 << 20);

    // within these, what a millisecond gives is far above a double's last bit
    private static final double LEAST_REQUESTS = 0.001;
    private static final int MOST_REQUESTS = 1_000_000;
    private static final long MOST_BYTES = 1L << 40;

    /**
     * Creates a quota.
     *
     * @param requestsPerSecond how many requests, in the long run; 0.001 to 1,000,000
     * @param requestBurst how many at once, after a pause; 1 to 1,000,000
     * @param bytesPerSecond how many bytes, there and back, in the long run; 1 to 2⁴⁰
     * @param byteBurst how many at once, after a pause; 1 to 2⁴⁰
     * @throws IllegalArgumentException if one is outside its bounds
     */
    public Quota {
        require("requestsPerSecond", requestsPerSecond, LEAST_REQUESTS, MOST_REQUESTS);
        require("requestBurst", requestBurst, 1, MOST_REQUESTS);
        require("bytesPerSecond", bytesPerSecond, 1, MOST_BYTES);
        require("byteBurst", (double) byteBurst, 1, MOST_BYTES);
    }

    /** Whether that is a number of bytes that one request may be charged for. */
    static long requireBytes(long bytes) {
        require("bytes", (double) bytes, 0, MOST_BYTES);
        return bytes;
    }

    private static void require(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) { // so that NaN is refused
            throw new IllegalArgumentException(
                    what + " is " + plain(value) + ", expected " + plain(least) + " to " + plain(most));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e18 ? Long.toString((long) value) : "" + value;
    }
}
