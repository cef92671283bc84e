package io.vaultmesh.remembrancer.timestamp;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Which keys and signatures are strong enough to carry a timestamp. */
final class Strength {

    private static final int RSA_BITS = 2048;
    private static final int EC_BITS = 256;

    private static final Set<String> SIGNATURES = Set.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption.getId(),
            PKCSObjectIdentifiers.sha384WithRSAEncryption.getId(),
            PKCSObjectIdentifiers.sha512WithRSAEncryption.getId(),
            X9ObjectIdentifiers.ecdsa_with_SHA256.getId(),
            X9ObjectIdentifiers.ecdsa_with_SHA384.getId(),
            X9ObjectIdentifiers.ecdsa_with_SHA512.getId());

    private Strength() {}

    static Optional<String> weaknessOfKey(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= RSA_BITS) {
            return Optional.empty();
        }
        if (key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() >= EC_BITS) {
            return Optional.empty();
        }
        return Optional.of("the key of " + name(certificate) + " is " + size(key) + ", expected RSA with at least "
                + RSA_BITS + " bits or EC with at least " + EC_BITS);
    }

    private static String size(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "RSA with " + rsa.getModulus().bitLength() + " bits";
        }
        return key instanceof ECPublicKey ec
                ? "EC with " + ec.getParams().getCurve().getField().getFieldSize() + " bits"
                : key.getAlgorithm();
    }

    /** How a certificate was signed, by its issuer. */
    static Optional<String> weaknessOfSignature(X509Certificate certificate) {
        return SIGNATURES.contains(certificate.getSigAlgOID())
                ? Optional.empty()
                : Optional.of(name(certificate) + " is signed by " + certificate.getSigAlgName()
                        + ", expected RSA or ECDSA over SHA-256, SHA-384 or SHA-512");
    }

    /** As RFC 2253 writes it. */
    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
