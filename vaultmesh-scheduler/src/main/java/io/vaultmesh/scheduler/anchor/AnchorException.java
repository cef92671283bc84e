package io.vaultmesh.scheduler.anchor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** A target failed. What follows is decided by {@link #trouble()}, never by the message, which is for people. */
public final class AnchorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    private final Trouble trouble;

    /** How long the target asks to wait at least. */
    private final Duration retryAfter;

    /**
     * Creates an exception.
     *
     * @param trouble what kind of failure it is
     * @param message what happened, for people
     */
    public AnchorException(Trouble trouble, String message) {
        this(trouble, message, Duration.ZERO);
    }

    /**
     * Creates an exception of a target that says when to come again.
     *
     * @param trouble what kind of failure it is
     * @param message what happened, for people
     * @param retryAfter how long it asks to wait at least; a day of it counts
     */
    public AnchorException(Trouble trouble, String message, Duration retryAfter) {
        super(message);
        this.trouble = requireNonNull(trouble, "trouble");
        this.retryAfter = requireNonNull(retryAfter, "retryAfter");
    }

    /**
     * What kind of failure it is.
     *
     * @return the kind
     */
    public Trouble trouble() {
        return trouble;
    }

    /**
     * How long the target asks to wait at least.
     *
     * @return the time; nothing if it doesn't say
     */
    public Duration retryAfter() {
        return retryAfter;
    }
}
