package io.vaultmesh.core.check;

/**
 * Thrown where a caller asked for verified evidence or nothing, as by the {@code orThrow()} of a {@link Verdict} or a
 * {@link Report}: the evidence was checked and does not support the claim, or was not all there to be checked.
 */
public final class RefutedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was refuted, and why
     */
    public RefutedException(String message) {
        super(message);
    }
}
