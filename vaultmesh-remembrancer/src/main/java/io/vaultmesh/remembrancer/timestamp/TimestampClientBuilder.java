package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds a {@link TimestampClient}. Not thread-safe. */
public final class TimestampClientBuilder {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final TimestampVerifier verifier;
    private final List<URI> authorities = new ArrayList<>();
    private @Nullable Duration deadline;
    private @Nullable Duration interval;
    private @Nullable RandomGenerator random;

    TimestampClientBuilder(TimestampVerifier verifier) {
        this.verifier = requireNonNull(verifier, "verifier");
    }

    /**
     * Adds an authority, to be asked if those before it give no token. At least one is needed.
     *
     * @param uri where it answers, http or https
     * @return this builder
     * @throws IllegalArgumentException if the URI is of another scheme, has no host, or has user info or a fragment
     * @throws IllegalStateException if it was added before
     */
    @CanIgnoreReturnValue
    public TimestampClientBuilder authority(URI uri) {
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) { // never repeat a password
            throw new IllegalArgumentException("an authority's URI has user info, expected none");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "an authority's URI is " + uri + ", expected http or https, a host, and no fragment");
        }
        if (authorities.contains(uri)) {
            throw new IllegalStateException("authority " + uri + " is already added");
        }
        authorities.add(uri);
        return this;
    }

    /**
     * Sets how long one authority may take for its whole answer. Default: 30 seconds.
     *
     * @param limit the deadline of each exchange
     * @return this builder
     * @throws IllegalArgumentException if it is not more than nothing
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public TimestampClientBuilder deadline(Duration limit) {
        if (deadline != null) {
            throw new IllegalStateException("deadline is already set to " + deadline);
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("deadline is " + limit + ", expected more than nothing");
        }
        deadline = limit;
        return this;
    }

    /**
     * Sets how long an authority is left alone after it was asked, as public ones demand. Default: not at all.
     *
     * @param least the least time between two requests to one authority
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public TimestampClientBuilder interval(Duration least) {
        if (interval != null) {
            throw new IllegalStateException("interval is already set to " + interval);
        }
        if (least.isNegative()) {
            throw new IllegalArgumentException("interval is " + least + ", expected no negative time");
        }
        interval = least;
        return this;
    }

    /**
     * Sets where nonces come from. Default: a {@link SecureRandom}.
     *
     * @param source a thread-safe generator; one that can be foretold lets an old answer pass for a new one
     * @return this builder
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public TimestampClientBuilder random(RandomGenerator source) {
        if (random != null) {
            throw new IllegalStateException("random is already set to " + random);
        }
        random = requireNonNull(source, "source");
        return this;
    }

    /**
     * Builds the client. Nobody is asked yet.
     *
     * @return the client
     * @throws IllegalStateException if there is no authority
     */
    public TimestampClient build() {
        if (authorities.isEmpty()) {
            throw new IllegalStateException("there is no authority, expected at least one");
        }
        return new TimestampClient(
                verifier,
                authorities,
                random == null ? new SecureRandom() : random,
                new Exchange(deadline == null ? DEADLINE : deadline),
                new Pace(interval == null ? Duration.ZERO : interval));
    }
}
