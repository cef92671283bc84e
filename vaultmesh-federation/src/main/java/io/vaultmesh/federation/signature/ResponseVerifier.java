package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.SignatureRefused.Reason.UNKNOWN_KEY;

import io.vaultmesh.federation.peer.PeerId;
import java.time.InstantSource;

/**
 * Verifies that an answer was signed by the peer that was asked, for the one request that it was asked (RFC 9421, with the
 * one profile that peers speak; see {@link MessageSigner}). It remembers nothing, as the request's signature, which the
 * answer's covers, has a nonce.
 *
 * <p>RFC 9421 §2.4 warns of covering a signature instead of what that covers: whoever has only the answer learns nothing of
 * the request. Here the answer is given to who signed the request, and has all of it. Thread-safe.
 */
public final class ResponseVerifier {

    private ResponseVerifier() {}

    /**
     * Returns if exactly this peer signed exactly this answer to exactly this request.
     *
     * @param expected the peer that was asked
     * @param status the answer's status
     * @param fields its header fields
     * @param body its whole body, empty if there is none
     * @param requestSignature the value of the field Signature of the request, as it was sent
     * @param clock the time; it may differ from that of the peer by 30 s
     * @throws SignatureRefused if the answer is anything else
     * @throws IllegalArgumentException if {@code requestSignature} is not what {@link MessageSigner} gave
     */
    public static void verify(
            PeerId expected, int status, Fields fields, byte[] body, String requestSignature, InstantSource clock) {
        if (SignatureValue.parse(requestSignature).isEmpty()) {
            throw new IllegalArgumentException("requestSignature is " + Printable.shown(requestSignature)
                    + ", expected the value of the request's field Signature");
        }
        Received received = Received.of(fields);
        SignedFields values = received.fields();
        SignatureBase base = Received.base(
                () -> Components.response(status, values.contentDigest(), values.contentType(), requestSignature));
        SignatureParameters parameters = SignatureParameters.parse(values.signatureInput(), base);
        Received.requireCurrent(parameters, clock.instant());
        if (!parameters.keyId().equals(expected.did())) {
            throw new SignatureRefused(
                    UNKNOWN_KEY,
                    "keyid is " + Printable.shown(parameters.keyId())
                            + ", expected the key of the peer that was asked");
        }
        ContentDigest.require(received.digest(), body);
        received.requireSigned(expected, base, parameters);
    }
}
