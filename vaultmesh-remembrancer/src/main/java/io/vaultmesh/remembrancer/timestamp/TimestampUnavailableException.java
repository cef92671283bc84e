package io.vaultmesh.remembrancer.timestamp;

import static java.util.stream.Collectors.joining;

import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** No authority gave a timestamp that verifies. The message names each one with its reason. */
public final class TimestampUnavailableException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    private final transient List<AuthorityFailure> failures;

    TimestampUnavailableException(Hash imprint, List<AuthorityFailure> failures) {
        super(message(imprint, failures), new IOException("no authority gave a timestamp"));
        this.failures = List.copyOf(failures);
    }

    private static String message(Hash imprint, List<AuthorityFailure> failures) {
        return "no timestamp over " + imprint + ": "
                + failures.stream().map(AuthorityFailure::toString).collect(joining("; "));
    }

    /**
     * What failed.
     *
     * @return each authority with its reason, in the order in which they were asked
     */
    public List<AuthorityFailure> failures() {
        return failures;
    }

    /**
     * When the first of the authorities may be asked again.
     *
     * @return the time; empty if one of them may be asked at once
     */
    public Optional<Instant> notBefore() {
        return failures.stream().allMatch(failure -> failure.notBefore().isPresent())
                ? failures.stream()
                        .flatMap(failure -> failure.notBefore().stream())
                        .min(Instant::compareTo)
                : Optional.empty();
    }
}
