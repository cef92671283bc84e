package io.vaultmesh.remembrancer.openpgp;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a {@link PgpKeyring} found about the signatures of a file, one result each, in their order.
 *
 * <p>A time in it is the one that the signer claims. Who holds a key can claim any, so that an expired key's signature
 * may be younger than it says: a timestamp over the signature is what proves when it existed, see {@link #existedBy}.
 * Immutable and thread-safe.
 *
 * @param results the results, at least one; the list is copied
 */
public record PgpVerification(List<Result> results) {

    /**
     * Creates a verification.
     *
     * @param results the results, at least one; the list is copied
     * @throws IllegalArgumentException if there is none: what was not looked at is not verified
     */
    public PgpVerification {
        results = List.copyOf(results);
        if (results.isEmpty()) {
            throw new IllegalArgumentException("there are no results, expected one for each signature");
        }
    }

    /**
     * What was found about one signature.
     *
     * @param signer the pinned certificate whose key the signature names; empty if it names none that is pinned
     * @param key the key or subkey that the signature names; not more than a claim unless the outcome is a pass
     * @param created when the signature claims to have been made
     * @param outcome a pass if the key is pinned, could sign then, and did; a failure if it is pinned but not so; not
     *     checked if no pinned key is named
     * @param detail what was seen, or what was wrong and what was expected
     */
    public record Result(
            Optional<PgpFingerprint> signer,
            Optional<PgpFingerprint> key,
            Optional<Instant> created,
            Outcome outcome,
            String detail) {

        /**
         * Creates a result.
         *
         * @param signer the pinned certificate whose key the signature names
         * @param key the key or subkey that the signature names
         * @param created when the signature claims to have been made
         * @param outcome how it ended
         * @param detail what was seen
         * @throws IllegalArgumentException if it is a pass that names no signer, key and time
         */
        public Result {
            requireNonNull(signer, "signer");
            requireNonNull(key, "key");
            requireNonNull(created, "created");
            requireNonNull(outcome, "outcome");
            requireNonNull(detail, "detail");
            if (outcome == Outcome.PASS && (signer.isEmpty() || key.isEmpty() || created.isEmpty())) {
                throw new IllegalArgumentException("a pass without signer, key or time, expected all three");
            }
        }
    }

    /**
     * The same verification with the knowledge that the signatures existed at a time, as a timestamp over {@link
     * PgpSignature#digest} proves it.
     *
     * @param proven the time by which the signatures existed
     * @return the results, where a signature that claims to be younger than that is a failure
     */
    public PgpVerification existedBy(Instant proven) {
        requireNonNull(proven, "proven");
        List<Result> judged = new ArrayList<>();
        for (Result result : results) {
            boolean late = result.outcome() == Outcome.PASS
                    && result.created().orElseThrow().isAfter(proven);
            judged.add(
                    late
                            ? new Result(
                                    result.signer(),
                                    result.key(),
                                    result.created(),
                                    Outcome.FAIL,
                                    "it says that it was made at "
                                            + result.created().orElseThrow() + ", but it is proven to have existed at "
                                            + proven)
                            : result);
        }
        return new PgpVerification(judged);
    }

    /**
     * Who signed: the pinned certificates of which at least one signature passed. Two subkeys or two signatures of one
     * certificate are one signer.
     *
     * @return the primary keys' fingerprints, in the order of the signatures
     */
    public Set<PgpFingerprint> signers() {
        return results.stream()
                .filter(result -> result.outcome() == Outcome.PASS)
                .flatMap(result -> result.signer().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Whether enough different certificates signed. Further signatures that failed or could not be checked don't count,
     * and don't harm: else anybody could spoil a file by adding one.
     *
     * @param required how many, at least 1
     * @return holds if {@link #signers} are at least that many; else refuted, with what was found of each signature
     * @throws IllegalArgumentException if fewer than 1 are required
     */
    public Verdict verdict(int required) {
        if (required < 1) {
            throw new IllegalArgumentException("required signers are " + required + ", expected at least 1");
        }
        int found = signers().size();
        if (found >= required) {
            return Verdict.proven();
        }
        return Verdict.refuted(found + " of " + required + " required signers: "
                + report().checks().stream()
                        .map(check -> check.name() + " " + check.outcome() + ", " + check.detail())
                        .collect(Collectors.joining("; ")));
    }

    /**
     * The results as a report with a check for each signature, which passes only if all of them do.
     *
     * @return the report
     */
    public Report report() {
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            checks.add(new Check("OpenPGP signature " + (i + 1), result.outcome(), result.detail()));
        }
        return new Report("OpenPGP signatures", checks);
    }
}
