package io.vaultmesh.federation.signature;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The four header fields that a signature adds or covers. A message is sent with exactly these values, each once.
 *
 * @param contentType the value of Content-Type, which the caller chose
 * @param contentDigest the value of Content-Digest (RFC 9530), {@code sha-256=:…:}
 * @param signatureInput the value of Signature-Input, {@code vm=(…);…}
 * @param signature the value of Signature, {@code vm=:…:}
 */
public record SignedFields(String contentType, String contentDigest, String signatureInput, String signature) {

    static final String CONTENT_TYPE = "Content-Type";
    static final String CONTENT_DIGEST = "Content-Digest";
    static final String SIGNATURE_INPUT = "Signature-Input";
    static final String SIGNATURE = "Signature";

    /**
     * Creates the four; {@link MessageSigner} makes them.
     *
     * @param contentType the value of Content-Type
     * @param contentDigest the value of Content-Digest
     * @param signatureInput the value of Signature-Input
     * @param signature the value of Signature
     */
    public SignedFields {
        requireNonNull(contentType, "contentType");
        requireNonNull(contentDigest, "contentDigest");
        requireNonNull(signatureInput, "signatureInput");
        requireNonNull(signature, "signature");
    }

    /**
     * The values by the names of the fields.
     *
     * @return an unmodifiable map, in a fixed order
     */
    public Map<String, String> byName() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(CONTENT_TYPE, contentType);
        fields.put(CONTENT_DIGEST, contentDigest);
        fields.put(SIGNATURE_INPUT, signatureInput);
        fields.put(SIGNATURE, signature);
        return Collections.unmodifiableMap(fields);
    }
}
