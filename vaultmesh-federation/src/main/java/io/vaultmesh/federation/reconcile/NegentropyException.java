package io.vaultmesh.federation.reconcile;

/**
 * A peer's message breaks the protocol, or the peer doesn't come to an end. The message says what was wrong, where, and
 * what was expected. What was learned from that message is lost; what was learned before stands.
 */
public final class NegentropyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception.
     *
     * @param message what was wrong, and what was expected
     */
    public NegentropyException(String message) {
        super(message);
    }
}
