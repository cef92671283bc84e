package io.vaultmesh.scheduler.anchor;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.timestamp.AuthorityFailure;
import io.vaultmesh.remembrancer.timestamp.TimestampAnswer;
import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import io.vaultmesh.remembrancer.timestamp.TimestampRequest;
import io.vaultmesh.remembrancer.timestamp.TimestampResponse;
import io.vaultmesh.remembrancer.timestamp.TimestampUnavailableException;
import io.vaultmesh.remembrancer.timestamp.TimestampVerification;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.scheduler.config.Lane;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Has the root of a checkpoint stamped by authorities of RFC 3161: the first one that gives a token which verifies. The imprint
 * is the root itself.
 *
 * <p>Guaranteed: no token counts that doesn't verify under the pins, and answers the nonce that was prepared. Not guaranteed:
 * that one root is stamped once. A request that was sent before a crash is sent again, and the authority then makes a second token,
 * which nobody sees; stamping has no other effect.
 *
 * <p>Thread-safe. Source: RFC 3161.
 */
public final class Rfc3161Anchor implements Anchor {

    private final String name;
    private final TimestampClient client;
    private final TimestampVerifier verifier;
    private final InstantSource clock;
    private final RandomGenerator random;

    private Rfc3161Anchor(
            String name,
            TimestampClient client,
            TimestampVerifier verifier,
            InstantSource clock,
            RandomGenerator random) {
        this.name = name;
        this.client = client;
        this.verifier = verifier;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A target that asks authorities in turn.
     *
     * @param name what the target is called, such as {@code rfc3161:freetsa}
     * @param client whom it asks; its deadline bounds how long a lane is held up
     * @param verifier the pins by which evidence is verified, those of the client
     * @param clock the present, by which an authority's {@code Retry-After} becomes a wait
     * @return the target
     * @throws IllegalArgumentException if the name is not {@code rfc3161:} and a reference
     */
    public static Rfc3161Anchor of(
            String name, TimestampClient client, TimestampVerifier verifier, InstantSource clock) {
        if (!Lane.requireTarget(name).startsWith("rfc3161:")) {
            throw new IllegalArgumentException("target is " + name + ", expected rfc3161: and a name");
        }
        return new Rfc3161Anchor(
                name,
                requireNonNull(client, "client"),
                requireNonNull(verifier, "verifier"),
                requireNonNull(clock, "clock"),
                new SecureRandom()); // a nonce that can be foretold lets an old answer pass for a new one
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonObject prepare(TrustedCheckpoint checkpoint) {
        return JsonObject.builder()
                .put(
                        "request",
                        base64(TimestampRequest.of(checkpoint.root(), random).toBytes()))
                .build();
    }

    @Override
    public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
        TimestampRequest prepared = TimestampRequest.parse(bytes(request, "request"));
        if (!prepared.imprint().equals(checkpoint.root())) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED,
                    "the request is over " + prepared.imprint() + ", expected the root " + checkpoint.root());
        }
        try {
            TimestampAnswer answer = client.stamp(prepared);
            return JsonObject.builder()
                    .put("authority", answer.authority().toString())
                    .put("request", base64(answer.request().toBytes()))
                    .put("response", base64(answer.response().toBytes()))
                    .build();
        } catch (TimestampUnavailableException e) {
            throw unavailable(e);
        } catch (UncheckedIOException interrupted) {
            throw new AnchorException(Trouble.UNKNOWN_OUTCOME, String.valueOf(interrupted.getMessage()));
        }
    }

    private AnchorException unavailable(TimestampUnavailableException e) {
        Duration retryAfter = e.notBefore()
                .map(until -> Duration.between(clock.instant(), until))
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
        return new AnchorException(trouble(e.failures()), String.valueOf(e.getMessage()), retryAfter);
    }

    /** The trouble that will pass the soonest: that is the authority from which a token will come. */
    private static Trouble trouble(List<AuthorityFailure> failures) {
        List<Trouble> all = failures.stream().map(Rfc3161Anchor::trouble).toList();
        return List.of(Trouble.NETWORK, Trouble.RATE_LIMITED, Trouble.AUTH, Trouble.REJECTED).stream()
                .filter(all::contains)
                .findFirst()
                .orElse(Trouble.NETWORK);
    }

    private static Trouble trouble(AuthorityFailure failure) {
        return switch (failure.cause()) {
            case NO_ANSWER, NOT_A_RESPONSE, NOT_VERIFIED, NOT_NOW -> Trouble.NETWORK;
            case NOT_ASKED -> Trouble.RATE_LIMITED;
            case REFUSED -> Trouble.REJECTED;
            case STATUS -> HttpStatus.trouble(failure.status().orElse(0));
        };
    }

    @Override
    public Finality verify(Checkpoint checkpoint, JsonObject evidence) {
        TimestampVerification verification;
        try {
            verification = verifier.verify(
                    TimestampResponse.parse(bytes(evidence, "response")),
                    checkpoint.root(),
                    TimestampRequest.parse(bytes(evidence, "request")));
        } catch (IllegalArgumentException e) {
            return new Finality.Invalid(String.valueOf(e.getMessage()));
        }
        Verdict verdict = verification.verdict();
        return verdict.holds()
                ? new Finality.Final(verification.timestamp().orElseThrow().genTime())
                : new Finality.Invalid(verdict.reason().orElseThrow());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(JsonObject from, String member) {
        return Base64.getDecoder().decode(from.string(member));
    }

    @Override
    public String toString() {
        return name + ", " + client;
    }
}
