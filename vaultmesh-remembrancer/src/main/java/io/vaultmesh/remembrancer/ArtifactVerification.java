package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;

/**
 * What {@link Artifacts#verifyFull} found. Immutable and thread-safe.
 *
 * @param digest the artifact's SHA-256 hash
 * @param trust the {@linkplain io.vaultmesh.remembrancer.trust.TrustStore#digest() digest} of the trust store by which it was
 *     judged
 * @param report all checks in order: {@code hash}, {@code trust}, {@code recorded}, {@code inclusion}, one for each
 *     signature, one for each timestamp, {@code anchors}, {@code cosignatures}. Not all of them need to pass
 * @param verdict whether the policy is met; else why not
 */
public record ArtifactVerification(Hash digest, Hash trust, Report report, Verdict verdict) {

    /**
     * Creates a verification.
     *
     * @param digest the artifact's SHA-256 hash
     * @param trust the digest of the trust store
     * @param report all checks
     * @param verdict whether the policy is met
     */
    public ArtifactVerification {
        requireNonNull(digest, "digest");
        requireNonNull(trust, "trust");
        requireNonNull(report, "report");
        requireNonNull(verdict, "verdict");
    }

    /**
     * Returns this verification if the policy is met.
     *
     * @return this verification
     * @throws io.vaultmesh.core.check.RefutedException if it isn't; the message says why
     */
    @CanIgnoreReturnValue
    public ArtifactVerification orThrow() {
        verdict.orThrow();
        return this;
    }
}
