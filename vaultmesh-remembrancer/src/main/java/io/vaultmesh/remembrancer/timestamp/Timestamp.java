package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a verified token proves: that the authority saw the imprint at {@code genTime}. Immutable and thread-safe.
 *
 * @param imprint what was stamped
 * @param authority the subject of the certificate that signed, as RFC 2253 writes it
 * @param policy the OID of the authority's policy, in dotted digits
 * @param serial the token's number, unique for its authority
 * @param genTime when the authority saw the imprint, UTC, as precise as it wrote it
 * @param accuracy how far the true time may lie to either side; empty if the authority doesn't say
 * @param anchor the {@linkplain TimestampAnchor#id() id} of the pin that accepted the token
 */
public record Timestamp(
        Hash imprint,
        String authority,
        String policy,
        BigInteger serial,
        Instant genTime,
        Optional<Duration> accuracy,
        Hash anchor) {

    /**
     * Creates a timestamp. Only a {@link TimestampVerifier} gives one that is verified.
     *
     * @param imprint what was stamped
     * @param authority the subject of the certificate that signed
     * @param policy the OID of the authority's policy
     * @param serial the token's number
     * @param genTime when the authority saw the imprint
     * @param accuracy how far the true time may lie to either side
     * @param anchor the id of the pin that accepted the token
     */
    public Timestamp {
        requireNonNull(imprint, "imprint");
        requireNonNull(authority, "authority");
        requireNonNull(policy, "policy");
        requireNonNull(serial, "serial");
        requireNonNull(genTime, "genTime");
        requireNonNull(accuracy, "accuracy");
        requireNonNull(anchor, "anchor");
    }
}
