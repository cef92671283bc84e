package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Why an authority gave no timestamp. Immutable and thread-safe.
 *
 * @param authority which one
 * @param reason what it answered, or why it wasn't asked
 * @param notBefore when it may be asked again; empty if at once
 */
public record AuthorityFailure(URI authority, String reason, Optional<Instant> notBefore) {

    /**
     * Creates a failure.
     *
     * @param authority which one
     * @param reason what it answered, or why it wasn't asked
     * @param notBefore when it may be asked again
     */
    public AuthorityFailure {
        requireNonNull(authority, "authority");
        requireNonNull(reason, "reason");
        requireNonNull(notBefore, "notBefore");
    }

    @Override
    public String toString() {
        return authority + ": " + reason;
    }
}
