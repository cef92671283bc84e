package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import java.util.Optional;

/**
 * What a {@link TimestampVerifier} found: ten checks, and if they hold, what the token proves. Immutable and
 * thread-safe.
 *
 * @param report the checks {@code status}, {@code imprint}, {@code nonce}, {@code signature}, {@code signing
 *     certificate}, {@code extended key usage}, {@code chain}, {@code policy}, {@code time} and {@code pin}, in this
 *     order
 * @param timestamp what is proven; empty if the {@link #verdict} is refuted, so that no unverified fact is read
 */
public record TimestampVerification(Report report, Optional<Timestamp> timestamp) {

    /**
     * Creates a result.
     *
     * @param report the checks
     * @param timestamp what is proven
     */
    public TimestampVerification {
        requireNonNull(report, "report");
        requireNonNull(timestamp, "timestamp");
    }

    /**
     * Whether the token proves its time. Every check must have passed, but for the nonce where no request was at hand:
     * it protects who asked from an old answer, and says nothing about when the imprint was seen. (The report itself
     * then has {@link Outcome#NOT_CHECKED} there, and doesn't pass.)
     *
     * @return whether it does; a refutation names every check that isn't a pass
     */
    public Verdict verdict() {
        return verdict(report);
    }

    static Verdict verdict(Report report) {
        String wrong = report.checks().stream()
                .filter(check -> check.outcome() != Outcome.PASS)
                .filter(check ->
                        !(check.name().equals(TimestampChecks.NONCE) && check.outcome() == Outcome.NOT_CHECKED))
                .map(TimestampVerification::line)
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
        return wrong.isEmpty() ? Verdict.proven() : Verdict.refuted(report.title() + ": " + wrong);
    }

    private static String line(Check check) {
        return check.outcome() + " " + check.name() + ": " + check.detail();
    }
}
