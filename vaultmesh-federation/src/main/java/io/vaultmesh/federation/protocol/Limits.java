package io.vaultmesh.federation.protocol;

import io.vaultmesh.federation.reconcile.Negentropy;
import java.time.Duration;

/**
 * What bounds the exchange with a peer. Immutable and thread-safe.
 *
 * @param period how often each peer is asked whether something differs; the time varies by a quarter either way
 * @param coalesce how long new records wait for others, to be announced together
 * @param timeout how long an answer may take
 * @param frame how many bytes a message of the reconciliation may have; at least {@link Negentropy#LEAST_FRAME_LIMIT}
 * @param rounds how many messages a reconciliation may take; one that isn't done by then goes on in another exchange, as long
 *     as records are exchanged in it
 * @param tail how many entries of a peer's log are read as its tail; when more are new, the sets are reconciled
 * @param part how many bytes of a body travel in one message
 * @param body how large a body may be to be fetched
 */
public record Limits(
        Duration period, Duration coalesce, Duration timeout, int frame, int rounds, int tail, int part, long body) {

    /** Half a minute; 200 ms; 20 seconds; 60,000 bytes, 200 rounds; 65,536 entries; 256 KiB; 1 GiB. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            Duration.ofSeconds(20),
            60_000,
            Negentropy.ROUNDS,
            1 << 16,
            1 << 18,
            1L << 30);

    /**
     * Creates limits.
     *
     * @param period how often each peer is asked whether something differs; the time varies by a quarter either way
     * @param coalesce how long new records wait for others, to be announced together
     * @param timeout how long an answer may take
     * @param frame how many bytes a message of the reconciliation may have; at least {@link Negentropy#LEAST_FRAME_LIMIT}
     * @param rounds how many messages a reconciliation may take
     * @param tail how many entries of a peer's log are read as its tail; when more are new, the sets are reconciled
     * @param part how many bytes of a body travel in one message
     * @param body how large a body may be to be fetched
     * @throws IllegalArgumentException if one is not positive, or the frame too small
     */
    public Limits {
        if (period.isNegative()
                || period.isZero()
                || coalesce.isNegative()
                || timeout.isNegative()
                || timeout.isZero()) {
            throw new IllegalArgumentException("period is " + period + ", coalesce " + coalesce + ", timeout " + timeout
                    + ", expected positive durations");
        }
        if (frame < Negentropy.LEAST_FRAME_LIMIT || rounds < 1 || tail < 0 || part < 1 || body < 0) {
            throw new IllegalArgumentException("frame is " + frame + ", rounds " + rounds + ", tail " + tail + ", part "
                    + part + ", body " + body + ", expected a frame of at least " + Negentropy.LEAST_FRAME_LIMIT
                    + " and positive numbers");
        }
    }
}
