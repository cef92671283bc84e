package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why an authority gave no timestamp. Immutable and thread-safe.
 *
 * @param authority which one
 * @param cause what kind of failure it was, for programs
 * @param status the HTTP status, if the cause is {@link Cause#STATUS}
 * @param reason what it answered, or why it wasn't asked, for people
 * @param notBefore when it may be asked again; empty if at once
 */
public record AuthorityFailure(
        URI authority, Cause cause, OptionalInt status, String reason, Optional<Instant> notBefore) {

    /** The kinds of failures. */
    public enum Cause {
        /** It wasn't asked: its interval, or what it said by {@code Retry-After}, hasn't passed. */
        NOT_ASKED,
        /** There was no whole answer in time. */
        NO_ANSWER,
        /** It answered with an HTTP status other than 200. */
        STATUS,
        /** What it answered is not a timestamp response. */
        NOT_A_RESPONSE,
        /** It answered that it gives no token to this request. */
        REFUSED,
        /** It answered that it can't give a token now: that it waits, has no time, or a failure of its own. */
        NOT_NOW,
        /** It gave a token that doesn't hold under the pins, or for this request. */
        NOT_VERIFIED
    }

    /**
     * Creates a failure.
     *
     * @param authority which one
     * @param cause what kind of failure it was
     * @param status the HTTP status, if that is the cause
     * @param reason what it answered, or why it wasn't asked
     * @param notBefore when it may be asked again
     */
    public AuthorityFailure {
        requireNonNull(authority, "authority");
        requireNonNull(cause, "cause");
        requireNonNull(status, "status");
        requireNonNull(reason, "reason");
        requireNonNull(notBefore, "notBefore");
    }

    @Override
    public String toString() {
        return authority + ": " + reason;
    }
}
