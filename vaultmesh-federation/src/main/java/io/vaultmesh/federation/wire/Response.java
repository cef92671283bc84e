package io.vaultmesh.federation.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/** What a peer answers. Immutable and thread-safe. */
public final class Response {

    /** The status of an answer. */
    public static final int OK = 200;

    /** The status if what was sent is not what it should be. */
    public static final int BAD_REQUEST = 400;

    /** The status if it isn't known who asks. */
    public static final int UNAUTHORIZED = 401;

    /** The status if the peer may not do that. */
    public static final int FORBIDDEN = 403;

    /** The status if there is no such thing. */
    public static final int NOT_FOUND = 404;

    /** The status if a body has no length. */
    public static final int LENGTH_REQUIRED = 411;

    /** The status if a body is longer than any of its kind. */
    public static final int TOO_LARGE = 413;

    /** The status if the peer asks too often. */
    public static final int TOO_MANY = 429;

    /** The status if it can't be done now, as when the disk is full. */
    public static final int UNAVAILABLE = 503;

    private static final int MOST_SHOWN = 200;

    private final int status;
    private final byte[] body;
    private final Duration retryAfter;

    private Response(int status, byte[] body, Duration retryAfter) {
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    /**
     * An answer.
     *
     * @param body its content
     * @return the response
     */
    public static Response ok(byte[] body) {
        return new Response(OK, body.clone(), Duration.ZERO);
    }

    /**
     * A response with any status, as it came in.
     *
     * @param status the status
     * @param body its content
     * @return the response
     */
    public static Response of(int status, byte[] body) {
        return new Response(status, body.clone(), Duration.ZERO);
    }

    /**
     * A refusal.
     *
     * @param status the status, not {@link #OK}
     * @param reason why, for people
     * @return the response
     */
    public static Response refused(int status, String reason) {
        return new Response(status, (reason + "\n").getBytes(UTF_8), Duration.ZERO);
    }

    /**
     * What a peer is told that may not ask, whether or not there is what it asks for.
     *
     * @param request the request
     * @return the refusal
     */
    public static Response denied(Request request) {
        return refused(FORBIDDEN, "not allowed: " + request.operation().label() + " in " + request.namespace());
    }

    /**
     * The same response with a wish that the peer wait.
     *
     * @param time for how long; zero if it needn't
     * @return the response
     */
    public Response retryAfter(Duration time) {
        return new Response(status, body, time);
    }

    /** {@return for how long the peer is asked to wait; zero if it needn't} */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** {@return the status} */
    public int status() {
        return status;
    }

    /** {@return a copy of its content} */
    public byte[] body() {
        return body.clone();
    }

    /** {@return how many bytes its content has} */
    public int length() {
        return body.length;
    }

    /** {@return the content as one line of text of at most 200 characters, for a message} */
    public String text() {
        // of a longer body no more is decoded; control characters would let a peer write lines of its own into a log
        String text = new String(body, 0, Math.min(body.length, 4 * MOST_SHOWN + 4), UTF_8)
                .strip()
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    @Override
    public String toString() {
        return status + " (" + body.length + " bytes)";
    }
}
