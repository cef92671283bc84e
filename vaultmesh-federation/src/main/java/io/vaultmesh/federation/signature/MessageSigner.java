package io.vaultmesh.federation.signature;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.peer.PeerId;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Signs requests and answers with a transport key (RFC 9421, with the one profile that peers speak).
 *
 * <p>Guarantees: a request's method, authority, path, query, content type and body can't be changed, and it can't be
 * accepted twice or after a minute; an answer's status, content type and body can't be changed, and it answers that one
 * request. Doesn't guarantee: secrecy, or anything about other header fields. Two URLs that differ only in whether an empty
 * query has its question mark are signed alike, as are port 80, port 443 and no port of a host.
 *
 * <p>Covered components and parameters stand in one order: {@code vm=("@method" "@authority" "@path" "@query"
 * "content-digest" "content-type")}, or {@code vm=("@status" "content-digest" "content-type"
 * "signature";req;key="vm")}, and then {@code created}, {@code expires} 60 s later, {@code nonce} of 32 hex digits, {@code
 * alg}, {@code keyid} and {@code tag}.
 *
 * <p>Immutable and thread-safe.
 */
public final class MessageSigner {

    private static final int NONCE_BYTES = 16;

    private final Ed25519PrivateKey key;
    private final PeerId id;
    private final InstantSource clock;
    private final RandomGenerator random;

    private MessageSigner(Ed25519PrivateKey key, InstantSource clock, RandomGenerator random) {
        this.key = key;
        this.id = PeerId.of(key.publicKey());
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * A signer.
     *
     * @param key the transport key
     * @param clock the time, for {@code created}
     * @param random where nonces come from, of which only equality matters: peers refuse one that they have seen. It is
     *     used by one thread at a time, if by nobody else
     * @return the signer
     */
    public static MessageSigner of(Ed25519PrivateKey key, InstantSource clock, RandomGenerator random) {
        return new MessageSigner(key, clock, random);
    }

    /** {@return who signs} */
    public PeerId id() {
        return id;
    }

    /**
     * Signs a request.
     *
     * @param method its method, as it is sent
     * @param authority whom it is sent to, as {@code host} or {@code host:port}
     * @param path its path as it is sent, percent-encoded
     * @param query its query as it is sent, from the question mark on; empty if it has none
     * @param contentType the media type of its body; there must be one even if the body is empty
     * @param body its body
     * @return the fields to send, each once
     * @throws IllegalArgumentException if one of them can't be that of a request
     */
    public SignedFields request(
            String method, String authority, String path, String query, String contentType, byte[] body) {
        String digest = ContentDigest.of(body);
        return sign(Components.request(method, authority, path, query, digest, contentType), contentType, digest);
    }

    /**
     * Signs an answer.
     *
     * @param status its status
     * @param contentType the media type of its body; there must be one even if the body is empty
     * @param body its body
     * @param requestSignature the value of the field Signature of the request that it answers, as {@link
     *     VerifiedRequest#signature()} gives it
     * @return the fields to send, each once
     * @throws IllegalArgumentException if one of them can't be that of an answer
     */
    public SignedFields response(int status, String contentType, byte[] body, String requestSignature) {
        String digest = ContentDigest.of(body);
        return sign(Components.response(status, digest, contentType, requestSignature), contentType, digest);
    }

    private SignedFields sign(SignatureBase base, String contentType, String digest) {
        long created = clock.instant().getEpochSecond();
        SignatureParameters parameters =
                new SignatureParameters(created, created + SignatureParameters.LONGEST, nonce(), id.did());
        String signature = SignatureValue.of(key.sign(base.bytes(parameters.text())));
        return new SignedFields(contentType, digest, parameters.field(base), signature);
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        synchronized (random) {
            random.nextBytes(bytes);
        }
        return HexFormat.of().formatHex(bytes);
    }
}
