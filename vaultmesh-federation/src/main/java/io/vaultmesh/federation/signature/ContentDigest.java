package io.vaultmesh.federation.signature;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;

/** The field Content-Digest (RFC 9530 §2) with SHA-256 alone: {@code sha-256=:<base64>:}. */
final class ContentDigest {

    private static final String START = "sha-256=:";

    private ContentDigest() {}

    static String of(byte[] body) {
        return START + Hashing.sha256(body).toBase64() + ":";
    }

    static Hash parse(String field) {
        if (field.startsWith(START) && field.endsWith(":") && field.length() > START.length()) {
            try {
                return Hash.parseBase64(field.substring(START.length(), field.length() - 1));
            } catch (IllegalArgumentException e) {
                throw malformed(field);
            }
        }
        throw malformed(field);
    }

    /** Refuses a body that isn't the one of the digest. */
    static void require(Hash digest, byte[] body) {
        if (!Hashing.sha256(body).equals(digest)) {
            throw new SignatureRefused(
                    SignatureRefused.Reason.DIGEST,
                    "the body has " + body.length + " bytes and another SHA-256 than Content-Digest says, "
                            + "expected the body that was signed");
        }
    }

    private static SignatureRefused malformed(String field) {
        return new SignatureRefused(
                SignatureRefused.Reason.MALFORMED,
                "Content-Digest is " + Printable.shown(field) + ", expected sha-256=:…: with 44 characters of Base64");
    }
}
