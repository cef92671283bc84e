package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;

/**
 * A timestamp that was asked for, verified. Immutable and thread-safe.
 *
 * @param authority who gave it
 * @param request what was asked, to be kept beside the response: it has the nonce
 * @param response what was answered: the evidence
 * @param timestamp what it proves
 * @param failures the authorities that were asked, or left out, before it, in order; the list is copied
 */
public record TimestampAnswer(
        URI authority,
        TimestampRequest request,
        TimestampResponse response,
        Timestamp timestamp,
        List<AuthorityFailure> failures) {

    /**
     * Creates an answer.
     *
     * @param authority who gave it
     * @param request what was asked
     * @param response what was answered
     * @param timestamp what it proves
     * @param failures who gave none before it
     */
    public TimestampAnswer {
        requireNonNull(authority, "authority");
        requireNonNull(request, "request");
        requireNonNull(response, "response");
        requireNonNull(timestamp, "timestamp");
        failures = List.copyOf(failures);
    }
}
