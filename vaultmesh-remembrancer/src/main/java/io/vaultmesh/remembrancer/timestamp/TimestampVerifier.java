package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says whether a token of RFC 3161 proves that a hash existed at a time, offline, by pinned roots alone.
 *
 * <p>Guarantees, if the verdict holds: the status is granted; the imprint is the one asked for, and the nonce the
 * request's; the one signature covers the content (RSA from 2048 bits or ECDSA from 256, over SHA-256, SHA-384 or
 * SHA-512); the signer's certificate is the one that the signature names by ESSCertID or ESSCertIDv2, wherever it stands
 * among the token's; it is for time stamping alone, critically; it leads to a pinned root with every certificate,
 * the root's included, valid <em>at genTime</em>, not now, so that a token outlives its authority's certificate; the
 * pin's policies and window allow it; and genTime is not in the future.
 *
 * <p>It does not guarantee that a certificate was not revoked: neither CRLs nor OCSP are asked, and a pin's window is
 * how a lost key is dealt with. Nor that the response has no other form: parts that nobody signs (status text,
 * certificates that the chain doesn't need, unsigned attributes, either form of an ECDSA signature) can be changed and
 * it still verifies.
 *
 * <p>Immutable and thread-safe, if the clock is. Source: RFC 3161 and RFC 5816; RFC 5652; RFC 5280 §6.
 */
public final class TimestampVerifier {

    private static final Duration SKEW = Duration.ofSeconds(60);

    private final List<TimestampAnchor> anchors;
    private final InstantSource clock;
    private final Duration skew;

    private TimestampVerifier(List<TimestampAnchor> anchors, InstantSource clock, Duration skew) {
        this.anchors = anchors;
        this.clock = clock;
        this.skew = skew;
    }

    /**
     * A verifier by pinned roots, which lets an authority's clock be a minute ahead.
     *
     * @param clock the present, after which nothing can have been stamped
     * @param anchors the pins, at least one; a root may be pinned several times with other limits
     * @return the verifier
     * @throws IllegalArgumentException if there is no pin
     */
    public static TimestampVerifier pinning(InstantSource clock, TimestampAnchor... anchors) {
        if (anchors.length == 0) {
            throw new IllegalArgumentException("there is no pinned root, expected at least one");
        }
        return new TimestampVerifier(List.of(anchors), requireNonNull(clock, "clock"), SKEW);
    }

    /**
     * The same verifier with another allowance for clocks.
     *
     * @param allowed how far an authority's clock may be ahead of this one's
     * @return a verifier
     * @throws IllegalArgumentException if it is negative
     */
    public TimestampVerifier skew(Duration allowed) {
        if (allowed.isNegative()) {
            throw new IllegalArgumentException("skew is " + allowed + ", expected no negative time");
        }
        return new TimestampVerifier(anchors, clock, allowed);
    }

    /**
     * Verifies a token for which no request is at hand. The nonce is not checked.
     *
     * @param response what an authority answered
     * @param imprint what should be stamped: the SHA-256 of the data, or the root itself where a root is stamped
     * @return the checks, and what the token proves
     */
    public TimestampVerification verify(TimestampResponse response, Hash imprint) {
        return verify(response, imprint, Optional.empty());
    }

    /**
     * Verifies the answer to a request.
     *
     * @param response what an authority answered
     * @param imprint what should be stamped; the request's imprint is compared with it too
     * @param request what the authority was asked
     * @return the checks, and what the token proves
     */
    public TimestampVerification verify(TimestampResponse response, Hash imprint, TimestampRequest request) {
        return verify(response, imprint, Optional.of(request));
    }

    private TimestampVerification verify(TimestampResponse response, Hash imprint, Optional<TimestampRequest> request) {
        requireNonNull(imprint, "imprint");
        if (response.token().isEmpty()) {
            return new TimestampVerification(TimestampChecks.withoutToken(response, imprint), Optional.empty());
        }
        SignedToken token = response.token().get();
        Instant latest = clock.instant().plus(skew);
        TimestampChecks checks = new TimestampChecks(response, token, imprint, request, latest);
        List<Report> reports = new ArrayList<>();
        for (TimestampAnchor anchor : anchors) {
            Report report = checks.under(anchor);
            if (TimestampVerification.verdict(report).holds()) {
                return new TimestampVerification(report, Optional.of(checks.proven(anchor)));
            }
            reports.add(report);
        }
        return new TimestampVerification(closest(reports), Optional.empty());
    }

    /** Of the reports that refute it, that of a pin to which the chain leads, or what all say about the chain. */
    private static Report closest(List<Report> reports) {
        return reports.stream()
                .filter(report ->
                        report.check(TimestampChecks.CHAIN).orElseThrow().outcome() == Outcome.PASS)
                .findFirst()
                .orElseGet(() -> TimestampChecks.withChain(
                        reports.get(0),
                        reports.stream()
                                .map(report -> report.check(TimestampChecks.CHAIN)
                                        .orElseThrow()
                                        .detail())
                                .distinct()
                                .collect(Collectors.joining("; and "))));
    }

    InstantSource clock() {
        return clock;
    }

    @Override
    public String toString() {
        return "timestamp verifier with " + anchors;
    }
}
