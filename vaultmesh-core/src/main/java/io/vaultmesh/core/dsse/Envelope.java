package io.vaultmesh.core.dsse;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.core.log.LogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A payload with signatures over it (DSSE v1.0). The signatures cover the payload and its type, not the names of the
 * keys.
 *
 * <p>Two ways to read one. {@link #parse} takes any envelope that somebody may have made, and {@link #verify} says who
 * of those that the caller knows signed it. {@link #parseLogged} takes only what may stand in a log: the one canonical
 * form of one statement signed by the author that it names, so that one statement of one author has one id.
 *
 * <p>Immutable and thread-safe.
 */
public final class Envelope {

    /** The payload type of in-toto statements. */
    public static final String STATEMENT = "application/vnd.in-toto+json";

    private static final int MAX_SIGNATURES = 100;
    private static final int MAX_BYTES = 1024 * 1024;

    private final byte[] payload;
    private final String payloadType;
    private final List<EnvelopeSignature> signatures;
    private @Nullable Statement statement; // parsed once; a race parses it twice, to the same value

    private Envelope(byte[] payload, String payloadType, List<EnvelopeSignature> signatures) {
        this.payload = payload;
        this.payloadType = requireNonNull(payloadType, "payloadType");
        this.signatures = List.copyOf(signatures);
    }

    /**
     * Signs a statement.
     *
     * @param statement the statement
     * @param signer who claims it. To be logged, the predicate's {@code author} must be the signer's key id
     * @return the envelope
     */
    public static Envelope sign(Statement statement, EnvelopeSigner signer) {
        return signOwned(STATEMENT, statement.bytes(), signer);
    }

    /**
     * Signs a payload of any type. Such an envelope doesn't stand in a log.
     *
     * @param payloadType the payload's media type
     * @param payload the payload, which is copied
     * @param signer who signs
     * @return the envelope
     */
    public static Envelope sign(String payloadType, byte[] payload, EnvelopeSigner signer) {
        return signOwned(payloadType, payload.clone(), signer);
    }

    private static Envelope signOwned(String payloadType, byte[] payload, EnvelopeSigner signer) {
        byte[] signature = signer.sign(preAuthenticationEncoding(payloadType, payload));
        return new Envelope(payload, payloadType, List.of(new EnvelopeSignature(signer.keyId(), signature)));
    }

    /** DSSE's PAE: what is signed. Lengths are in bytes. */
    static byte[] preAuthenticationEncoding(String type, byte[] payload) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + typeBytes.length + 32);
        out.writeBytes(("DSSEv1 " + typeBytes.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(typeBytes);
        out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /**
     * Reads an envelope, which may have several signatures, members that are not known, and any payload. Up to 1 MiB and
     * 100 signatures are read.
     *
     * @param json the envelope as JSON
     * @return the envelope, not verified
     * @throws IllegalArgumentException if it is not one; the message says why
     */
    public static Envelope parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an envelope has " + json.length + " bytes, expected at most " + MAX_BYTES);
        }
        JsonObject object = StrictJson.parseObject(json, "envelope");
        List<EnvelopeSignature> signatures = new ArrayList<>();
        List<JsonObject> given = object.array("signatures").objects();
        if (given.isEmpty() || given.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "an envelope has " + given.size() + " signatures, expected 1 to " + MAX_SIGNATURES);
        }
        for (JsonObject signature : given) {
            String keyId = signature.optionalString("keyid").orElse("");
            signatures.add(new EnvelopeSignature(keyId, base64(signature.string("sig"), "sig")));
        }
        return new Envelope(base64(object.string("payload"), "payload"), object.string("payloadType"), signatures);
    }

    private static byte[] base64(String text, String member) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("member " + member + " of an envelope is not standard Base64", e);
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("member " + member + " of an envelope is not canonical Base64");
        }
        return bytes;
    }

    /**
     * Reads an envelope that stands in a log, or is to stand there, and verifies it.
     *
     * <p>It must be the canonical JSON of an object with exactly {@code payload}, {@code payloadType} and {@code
     * signatures}, the latter exactly one object of {@code keyid} and {@code sig}; all Base64 canonical; the payload the
     * canonical JSON of a {@link Statement}, whose {@code predicate.author} is the {@code keyid}, a did:key, with which
     * the signature verifies; all of it at most 65,535 bytes.
     *
     * @param entry the bytes of the log's entry
     * @return the envelope, signed by the author of its statement
     * @throws RefutedException if it is anything else; the message says what was wrong and what was expected
     */
    public static Envelope parseLogged(byte[] entry) {
        try {
            if (entry.length > LogEntry.MAX_LENGTH) {
                throw new RefutedException(
                        "the envelope has " + entry.length + " bytes, expected at most " + LogEntry.MAX_LENGTH);
            }
            Envelope envelope = parse(entry);
            if (!Arrays.equals(envelope.bytes(), entry)) {
                throw new RefutedException("the envelope is not the canonical JSON of payload, payloadType and one"
                        + " signature of keyid and sig");
            }
            envelope.requireSignedByItsAuthor();
            return envelope;
        } catch (IllegalArgumentException e) {
            throw new RefutedException(String.valueOf(e.getMessage()));
        }
    }

    private void requireSignedByItsAuthor() {
        if (!payloadType.equals(STATEMENT)) {
            throw new RefutedException("payloadType is " + payloadType + ", expected " + STATEMENT);
        }
        if (signatures.size() != 1) {
            throw new RefutedException("a logged envelope has " + signatures.size() + " signatures, expected one");
        }
        String author = statement().predicate().string("author");
        EnvelopeSignature signature = signatures.get(0);
        if (!signature.keyId().equals(author)) {
            throw new RefutedException("keyid is " + signature.keyId() + ", expected the author " + author);
        }
        EnvelopeVerifier verifier = EnvelopeVerifier.ed25519(Ed25519PublicKey.ofDidKey(author));
        if (!verifier.verify(preAuthenticationEncoding(payloadType, payload), signature.signature())) {
            throw new RefutedException("the signature of " + author + " is not valid");
        }
    }

    /**
     * Whether enough of the given keys signed this envelope. Distinct public keys are counted, never their names, and
     * each at most once.
     *
     * @param threshold how many must have signed, at least 1
     * @param verifiers the keys that count
     * @return whether they did
     * @throws IllegalArgumentException if the threshold is less than 1
     */
    public Verdict verify(int threshold, EnvelopeVerifier... verifiers) {
        if (threshold < 1) {
            throw new IllegalArgumentException("threshold is " + threshold + ", expected at least 1");
        }
        byte[] signed = preAuthenticationEncoding(payloadType, payload);
        Set<Hash> signers = new HashSet<>();
        for (EnvelopeVerifier verifier : verifiers) {
            if (signatures.stream().anyMatch(signature -> verifier.verify(signed, signature.signature()))) {
                signers.add(verifier.keyHash());
            }
        }
        return signers.size() >= threshold
                ? Verdict.proven()
                : Verdict.refuted(signers.size() + " of the given keys signed, expected " + threshold);
    }

    /**
     * What is signed.
     *
     * @return a copy of the payload's bytes
     */
    public byte[] payload() {
        return payload.clone();
    }

    /**
     * What the payload is.
     *
     * @return its media type
     */
    public String payloadType() {
        return payloadType;
    }

    /**
     * The signatures.
     *
     * @return an unmodifiable list
     */
    public List<EnvelopeSignature> signatures() {
        return signatures;
    }

    /**
     * The payload as a statement: the very bytes that are signed.
     *
     * @return the statement
     * @throws IllegalArgumentException if the payload is not a statement of ours
     */
    public Statement statement() {
        Statement parsed = statement;
        if (parsed == null) {
            parsed = Statement.parse(payload);
            statement = parsed;
        }
        return parsed;
    }

    /**
     * The envelope as canonical JSON (RFC 8785): what is logged.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        Base64.Encoder base64 = Base64.getEncoder();
        List<JsonValue> list = new ArrayList<>();
        for (EnvelopeSignature signature : signatures) {
            list.add(JsonObject.builder()
                    .put("keyid", signature.keyId())
                    .put("sig", base64.encodeToString(signature.signature()))
                    .build());
        }
        return CanonicalJson.encode(JsonObject.builder()
                .put("payload", base64.encodeToString(payload))
                .put("payloadType", payloadType)
                .put("signatures", new JsonArray(list))
                .build());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Envelope that
                && payloadType.equals(that.payloadType)
                && signatures.equals(that.signatures)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(payload) + signatures.hashCode();
    }

    @Override
    public String toString() {
        return "envelope of " + payload.length + " bytes of " + payloadType + ", " + signatures;
    }
}
