package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.SignatureRefused.Reason.AUTHORITY;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.BEFORE_START;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.MALFORMED;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.UNKNOWN_KEY;
import static java.util.Objects.requireNonNull;

import io.vaultmesh.federation.peer.PeerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Verifies that a request was signed for this node, now, by a peer that is known, and that it wasn't here before (RFC 9421,
 * with the one profile that peers speak; see {@link MessageSigner}).
 *
 * <p>Guarantees: of all requests that are byte for byte the same, one is accepted, however many come at once; nothing is
 * remembered of a request whose signature doesn't verify, so that strangers can neither fill the memory nor use up the
 * nonces of others; what is cheap is checked first. A nonce is remembered for 120 s, and at most 32,768 of each key: more
 * requests than that are refused until older ones have been forgotten.
 *
 * <p>A new verifier remembers nothing, so it refuses what was created before it or within the same second: a peer that is
 * answered so should ask again a second later. Doesn't guarantee: that a request by a peer whose clock is ahead isn't taken
 * again by a new verifier that was made before the time that the peer's clock showed. The time may be set back at any moment
 * without a request being taken again by the same verifier.
 *
 * <p>Thread-safe.
 */
public final class RequestVerifier {

    private final Predicate<PeerId> known;
    private final Set<String> authorities;
    private final InstantSource clock;
    private final long started;
    private final NonceMemory nonces = new NonceMemory();

    /**
     * Creates a verifier that remembers nothing. A node has one, for all requests that come to it.
     *
     * @param known the allowlist: whether requests of a peer are accepted at all
     * @param authorities the names of this node, as {@code host} or {@code host:port}; case and default ports don't matter
     * @param clock the time; it may differ from that of peers by 30 s
     * @throws IllegalArgumentException if there is no name, or one is none
     */
    public RequestVerifier(Predicate<PeerId> known, Set<String> authorities, InstantSource clock) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("authorities is empty, expected the names by which this node is asked");
        }
        this.known = requireNonNull(known, "known");
        this.authorities = authorities.stream().map(Authority::canonical).collect(Collectors.toUnmodifiableSet());
        this.clock = clock;
        this.started = clock.instant().getEpochSecond();
    }

    /**
     * Verifies all but the body, which needn't have been read before.
     *
     * @param method the request's method, as it came
     * @param authority whom it is for: the value of its field Host; empty if there is none, or more than one
     * @param path its path as it came, percent-encoded
     * @param query its query as it came, from the question mark on; empty if it has none
     * @param fields its header fields
     * @return who sent it, and what its body must be
     * @throws SignatureRefused if it is not signed as it must be, or was here before
     */
    public VerifiedRequest verify(String method, String authority, String path, String query, Fields fields) {
        Received received = Received.of(fields);
        SignedFields values = received.fields();
        if (authority.isEmpty()) {
            throw new SignatureRefused(MALFORMED, "there is no field Host, or more than one, expected one");
        }
        SignatureBase base = Received.base(
                () -> Components.request(method, authority, path, query, values.contentDigest(), values.contentType()));
        SignatureParameters parameters = SignatureParameters.parse(values.signatureInput(), base);
        if (!authorities.contains(Authority.canonical(authority))) {
            throw new SignatureRefused(
                    AUTHORITY, "the request is for " + Printable.shown(authority) + ", expected a name of this node");
        }
        Instant now = clock.instant();
        Received.requireCurrent(parameters, now);
        if (parameters.created() <= started) {
            throw new SignatureRefused(
                    BEFORE_START,
                    "created is " + parameters.created()
                            + ", when this node had not yet started, expected a newer request");
        }
        PeerId from = Received.signer(parameters);
        if (!known.test(from)) {
            throw new SignatureRefused(UNKNOWN_KEY, "keyid is " + from + ", expected the key of a peer of this node");
        }
        received.requireSigned(from, base, parameters);
        nonces.remember(from, parameters, now.getEpochSecond());
        return new VerifiedRequest(from, values.signature(), received.digest());
    }
}
