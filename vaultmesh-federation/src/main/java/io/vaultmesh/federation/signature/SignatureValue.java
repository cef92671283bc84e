package io.vaultmesh.federation.signature;

import io.vaultmesh.core.key.Ed25519PublicKey;
import java.util.Base64;
import java.util.Optional;

/** The field Signature with the one label that there is: {@code vm=:<base64 of 64 bytes>:}. */
final class SignatureValue {

    static final String LABEL = "vm";

    private static final String START = LABEL + "=:";
    private static final int LENGTH = START.length() + 88 + 1;

    private SignatureValue() {}

    static String of(byte[] signature) {
        return START + Base64.getEncoder().encodeToString(signature) + ":";
    }

    /** The signature's bytes; empty if the field is anything but what {@link #of} gives for 64 bytes. */
    static Optional<byte[]> parse(String field) {
        if (field.length() != LENGTH) {
            return Optional.empty();
        }
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(field.substring(START.length(), LENGTH - 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // which also compares what stands around the Base64, and the bits that are left over, which the decoder ignores
        boolean canonical = signature.length == Ed25519PublicKey.SIGNATURE_LENGTH
                && of(signature).equals(field);
        return canonical ? Optional.of(signature) : Optional.empty();
    }

    /** The value of the dictionary's member (RFC 9421 §2.1.2), which stands in an answer's signature base. */
    static String member(String field) {
        return field.substring(LABEL.length() + 1);
    }
}
