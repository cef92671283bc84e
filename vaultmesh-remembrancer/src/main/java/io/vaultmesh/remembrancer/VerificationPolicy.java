package io.vaultmesh.remembrancer;

/**
 * What {@link Artifacts#verifyFull} asks for, beside what always must hold: the artifact's hash is that of a recorded
 * deployment, and the record is in the log. A method gives a changed copy. Immutable and thread-safe.
 *
 * @param signers how many different pinned OpenPGP certificates must have signed the artifact; 0 for none
 * @param timestamped whether each of these signatures must be stamped by a pinned authority, at a time at which its key
 *     was trusted
 * @param witnesses how many different pinned witnesses must have cosigned the checkpoint that the record is proven by; 0
 *     for none
 */
public record VerificationPolicy(int signers, boolean timestamped, int witnesses) {

    /**
     * Creates a policy.
     *
     * @param signers how many different pinned OpenPGP certificates must have signed the artifact; 0 for none
     * @param timestamped whether each of these signatures must be stamped by a pinned authority, at a time at which its key
     *     was trusted
     * @param witnesses how many different pinned witnesses must have cosigned the checkpoint that the record is proven by; 0
     *     for none
     * @throws IllegalArgumentException if a number is negative, or timestamps are asked for and no signature
     */
    public VerificationPolicy {
        if (signers < 0 || witnesses < 0) {
            throw new IllegalArgumentException(
                    "signers are " + signers + " and witnesses " + witnesses + ", expected at least 0");
        }
        if (timestamped && signers == 0) {
            throw new IllegalArgumentException("signatures must be stamped, but none is asked for");
        }
    }

    /**
     * At least one pinned signature.
     *
     * @return the policy
     */
    public static VerificationPolicy defaults() {
        return new VerificationPolicy(1, false, 0);
    }

    /**
     * This policy with another number of signers.
     *
     * @param atLeast how many different pinned certificates must have signed
     * @return a policy
     */
    public VerificationPolicy signedBy(int atLeast) {
        return new VerificationPolicy(atLeast, timestamped, witnesses);
    }

    /**
     * This policy, under which only stamped signatures count.
     *
     * @return a policy
     */
    public VerificationPolicy withTimestamps() {
        return new VerificationPolicy(signers, true, witnesses);
    }

    /**
     * This policy with another number of witnesses.
     *
     * @param atLeast how many different pinned witnesses must have cosigned
     * @return a policy
     */
    public VerificationPolicy cosignedBy(int atLeast) {
        return new VerificationPolicy(signers, timestamped, atLeast);
    }
}
