package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.timestamp.AuthorityFailure.Cause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Asks authorities for timestamps over HTTP (RFC 3161 §3.4), one after the other until one gives a token that verifies.
 *
 * <p>No answer is returned unverified: one that doesn't hold under the pins counts as a failure of its authority. An
 * authority is not asked before its interval, or what it said by {@code Retry-After}, has passed; the call goes on to
 * the next one, and never waits. Redirects are refused, a body has at most 1 MiB, and a deadline stands over each whole
 * exchange. Nothing but the hash and a nonce is sent.
 *
 * <p>It does not retry, and forgets its intervals with the process. Thread-safe.
 */
public final class TimestampClient {

    private static final int OK = 200;

    private final TimestampVerifier verifier;
    private final List<URI> authorities;
    private final RandomGenerator random;
    private final Exchange exchange;
    private final Pace pace;

    TimestampClient(
            TimestampVerifier verifier, List<URI> authorities, RandomGenerator random, Exchange exchange, Pace pace) {
        this.verifier = verifier;
        this.authorities = List.copyOf(authorities);
        this.random = random;
        this.exchange = exchange;
        this.pace = pace;
    }

    /**
     * A client whose answers are verified.
     *
     * @param verifier the pins, and the clock by which intervals are counted
     * @return what builds it
     */
    public static TimestampClientBuilder builder(TimestampVerifier verifier) {
        return new TimestampClientBuilder(verifier);
    }

    /**
     * Asks for a timestamp.
     *
     * @param imprint the SHA-256 of the data, or the root itself where a root is stamped
     * @return the first verified answer, with what failed before it
     * @throws TimestampUnavailableException if no authority gives one; it names each with its reason, and says when to
     *     ask again
     * @throws UncheckedIOException if the thread is interrupted, which stays set
     */
    public TimestampAnswer stamp(Hash imprint) {
        return stamp(TimestampRequest.of(imprint, random));
    }

    /**
     * Asks for a timestamp by a request that was made before, and perhaps sent before: the same bytes go out.
     *
     * @param request what is asked; without a nonce an old answer can be played back
     * @return the first verified answer, with what failed before it
     * @throws TimestampUnavailableException if no authority gives one; it names each with its reason, and says when to
     *     ask again
     * @throws UncheckedIOException if the thread is interrupted, which stays set
     */
    public TimestampAnswer stamp(TimestampRequest request) {
        List<AuthorityFailure> failures = new ArrayList<>();
        for (URI authority : authorities) {
            Optional<Instant> tooEarlyUntil =
                    pace.claim(authority, verifier.clock().instant());
            if (tooEarlyUntil.isPresent()) {
                failures.add(new AuthorityFailure(
                        authority,
                        Cause.NOT_ASKED,
                        OptionalInt.empty(),
                        "not to be asked before " + tooEarlyUntil.get(),
                        tooEarlyUntil));
                continue;
            }
            try {
                TimestampResponse response = ask(authority, request);
                TimestampVerification verification = verifier.verify(response, request.imprint(), request);
                Verdict verdict = verification.verdict();
                if (verdict.holds()) {
                    return new TimestampAnswer(
                            authority,
                            request,
                            response,
                            verification.timestamp().orElseThrow(),
                            failures);
                }
                failures.add(
                        failure(authority, cause(response), verdict.reason().orElseThrow()));
            } catch (InterruptedIOException e) {
                throw new UncheckedIOException("interrupted while asking " + authority, e);
            } catch (IOException e) {
                failures.add(
                        failure(authority, Cause.NO_ANSWER, e.getMessage() == null ? e.toString() : e.getMessage()));
            } catch (NoResponse e) {
                failures.add(new AuthorityFailure(
                        authority, e.cause, e.status, String.valueOf(e.getMessage()), pace.notBefore(authority)));
            }
        }
        throw new TimestampUnavailableException(request.imprint(), failures);
    }

    private static Cause cause(TimestampResponse unusable) {
        if (unusable.granted()) {
            return Cause.NOT_VERIFIED;
        }
        return unusable.isPassing() ? Cause.NOT_NOW : Cause.REFUSED;
    }

    private AuthorityFailure failure(URI authority, Cause cause, String reason) {
        return new AuthorityFailure(authority, cause, OptionalInt.empty(), reason, pace.notBefore(authority));
    }

    /** An answer came, and is none. */
    private static final class NoResponse extends Exception {

        private static final long serialVersionUID = 1L;

        private final Cause cause;
        private final transient OptionalInt status;

        NoResponse(Cause cause, OptionalInt status, String message) {
            super(message);
            this.cause = cause;
            this.status = status;
        }
    }

    private TimestampResponse ask(URI authority, TimestampRequest request) throws IOException, NoResponse {
        HttpResponse<byte[]> answer = exchange.post(authority, request.toBytes());
        if (answer.statusCode() != OK) {
            answer.headers()
                    .firstValue("Retry-After")
                    .flatMap(value -> RetryAfter.parse(value, verifier.clock().instant()))
                    .ifPresent(until -> pace.delay(authority, verifier.clock().instant(), until));
            throw new NoResponse(
                    Cause.STATUS,
                    OptionalInt.of(answer.statusCode()),
                    "status " + answer.statusCode() + ", expected 200");
        }
        try {
            return TimestampResponse.parse(answer.body());
        } catch (IllegalArgumentException e) {
            String type = answer.headers().firstValue("Content-Type").orElse("without a type");
            throw new NoResponse(
                    Cause.NOT_A_RESPONSE, OptionalInt.empty(), "an answer of type " + type + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "timestamp client of " + authorities;
    }
}
