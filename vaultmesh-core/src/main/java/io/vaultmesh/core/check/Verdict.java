package io.vaultmesh.core.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one question about evidence: it holds, or it is refuted with a reason.
 *
 * <p>A verdict is returned, never thrown, so that a caller can't mistake "no exception" for "verified". {@link
 * #orThrow()} turns a refutation into an exception where that is what the caller wants. There is no third answer: what
 * could not be checked is not a verdict but a {@link Check} with the outcome {@link Outcome#NOT_CHECKED}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Verdict {

    private static final Verdict HOLDS = new Verdict(null);

    private final @Nullable String refutation;

    private Verdict(@Nullable String refutation) {
        this.refutation = refutation;
    }

    /**
     * The verdict that everything asked for was checked, and holds.
     *
     * @return the verdict
     */
    public static Verdict proven() {
        return HOLDS;
    }

    /**
     * The verdict that the evidence does not support the claim.
     *
     * @param reason what was wrong and what was expected, as a sentence without its full stop
     * @return the verdict
     */
    public static Verdict refuted(String reason) {
        return new Verdict(requireNonNull(reason, "reason"));
    }

    /**
     * Whether the claim holds.
     *
     * @return {@code true} if it holds, {@code false} if it is refuted
     */
    public boolean holds() {
        return refutation == null;
    }

    /**
     * Why the claim is refuted.
     *
     * @return the reason; empty if the claim holds
     */
    public Optional<String> reason() {
        return Optional.ofNullable(refutation);
    }

    /**
     * Returns if the claim holds.
     *
     * @throws RefutedException if it is refuted; the message is {@link #reason()}
     */
    public void orThrow() {
        if (refutation != null) {
            throw new RefutedException(refutation);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Verdict verdict && reason().equals(verdict.reason());
    }

    @Override
    public int hashCode() {
        return reason().hashCode();
    }

    @Override
    public String toString() {
        return refutation == null ? "holds" : "refuted: " + refutation;
    }
}
