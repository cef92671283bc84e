package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.SignatureRefused.Reason.CLOCK;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.EXPIRED;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.MALFORMED;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.PARAMETERS;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.SIGNATURE;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.UNSIGNED;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.peer.PeerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The fields of a message that came, each there exactly once, and the checks that requests and answers have in common.
 *
 * @param fields their values
 * @param digest what Content-Digest says
 */
record Received(SignedFields fields, Hash digest) {

    /** How far the clock of a peer may be ahead of ours, in seconds. */
    static final long SKEW = 30;

    static Received of(Fields fields) {
        String input = only(fields, SignedFields.SIGNATURE_INPUT, UNSIGNED);
        String signature = only(fields, SignedFields.SIGNATURE, UNSIGNED);
        String digest = only(fields, SignedFields.CONTENT_DIGEST, MALFORMED);
        String type = only(fields, SignedFields.CONTENT_TYPE, MALFORMED);
        return new Received(new SignedFields(type, digest, input, signature), ContentDigest.parse(digest));
    }

    /** Two fields of a name may be read as either by whoever comes after us, so two are none. */
    private static String only(Fields fields, String name, SignatureRefused.Reason ifAbsent) {
        List<String> values = fields.values(name);
        if (values.isEmpty()) {
            throw new SignatureRefused(ifAbsent, "there is no field " + name + ", expected a signed message");
        }
        if (values.size() > 1) {
            throw new SignatureRefused(MALFORMED, "there are " + values.size() + " fields " + name + ", expected one");
        }
        String value = values.get(0);
        if (value.length() > Printable.MOST || !Printable.is(value)) {
            throw new SignatureRefused(
                    MALFORMED,
                    "the field " + name + " has " + value.length() + " characters, expected at most " + Printable.MOST
                            + " of printable ASCII");
        }
        return value;
    }

    /** What is signed if this is the message. */
    static SignatureBase base(Supplier<SignatureBase> message) {
        try {
            return message.get();
        } catch (IllegalArgumentException e) {
            throw new SignatureRefused(MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** Refuses what was created later than clocks may differ, and what has expired. */
    static void requireCurrent(SignatureParameters parameters, Instant now) {
        if (Instant.ofEpochSecond(parameters.created()).isAfter(now.plusSeconds(SKEW))) {
            throw new SignatureRefused(
                    CLOCK,
                    "created is " + parameters.created() + ", which is more than " + SKEW
                            + " s from now, expected clocks that differ less");
        }
        if (!now.isBefore(Instant.ofEpochSecond(parameters.expires()))) {
            throw new SignatureRefused(
                    EXPIRED, "expires is " + parameters.expires() + ", expected a message whose time is not over");
        }
    }

    /** Who says that it signed. */
    static PeerId signer(SignatureParameters parameters) {
        try {
            return new PeerId(parameters.keyId());
        } catch (IllegalArgumentException e) {
            throw new SignatureRefused(
                    PARAMETERS,
                    "keyid is " + Printable.shown(parameters.keyId())
                            + ", expected the canonical did:key of an Ed25519 key");
        }
    }

    /** Refuses a signature that isn't the signer's. */
    void requireSigned(PeerId signer, SignatureBase base, SignatureParameters parameters) {
        Optional<byte[]> bytes = SignatureValue.parse(fields.signature());
        if (bytes.isEmpty()) {
            throw new SignatureRefused(
                    MALFORMED,
                    "Signature is " + Printable.shown(fields.signature())
                            + ", expected vm=:…: with 88 characters of Base64 and no other label");
        }
        if (!signer.key().verify(base.bytes(parameters.text()), bytes.get())) {
            throw new SignatureRefused(
                    SIGNATURE, "the signature doesn't fit, expected one by the key of keyid over this very message");
        }
    }
}
