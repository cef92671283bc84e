package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.check.Verdict;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** Whether a token's signature covers its content (RFC 5652 §5.4), and is strong enough to say so. */
final class TokenSignature {

    /** For each digest, what may name the signature: the key's kind alone, or both. */
    private static final Map<ASN1ObjectIdentifier, Set<ASN1ObjectIdentifier>> ALGORITHMS = Map.of(
            NISTObjectIdentifiers.id_sha256,
                    Set.of(
                            PKCSObjectIdentifiers.rsaEncryption,
                            PKCSObjectIdentifiers.sha256WithRSAEncryption,
                            X9ObjectIdentifiers.ecdsa_with_SHA256),
            NISTObjectIdentifiers.id_sha384,
                    Set.of(
                            PKCSObjectIdentifiers.rsaEncryption,
                            PKCSObjectIdentifiers.sha384WithRSAEncryption,
                            X9ObjectIdentifiers.ecdsa_with_SHA384),
            NISTObjectIdentifiers.id_sha512,
                    Set.of(
                            PKCSObjectIdentifiers.rsaEncryption,
                            PKCSObjectIdentifiers.sha512WithRSAEncryption,
                            X9ObjectIdentifiers.ecdsa_with_SHA512));

    private TokenSignature() {}

    static Verdict check(SignerInformation signer, X509Certificate certificate) {
        AlgorithmIdentifier digest = signer.getDigestAlgorithmID();
        AlgorithmIdentifier signature = signer.toASN1Structure().getDigestEncryptionAlgorithm();
        boolean known = ALGORITHMS.getOrDefault(digest.getAlgorithm(), Set.of()).contains(signature.getAlgorithm());
        if (!known || !isPlain(digest) || !isPlain(signature)) {
            return Verdict.refuted("it is made by " + signature.getAlgorithm() + " over " + digest.getAlgorithm()
                    + ", expected RSA or ECDSA over SHA-256, SHA-384 or SHA-512");
        }
        Optional<String> weakness = Strength.weaknessOfKey(certificate);
        if (weakness.isPresent()) {
            return Verdict.refuted(weakness.get());
        }
        try {
            // beside the signature this compares the signed content type and digest with the content
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(BouncyCastle.PROVIDER)
                            .build(certificate))
                    ? Verdict.proven()
                    : Verdict.refuted("it was not made by the key of " + Strength.name(certificate));
        } catch (CMSException | OperatorCreationException | RuntimeException e) {
            // the library throws several kinds at signatures and attributes of other shapes than it expects
            return Verdict.refuted("it doesn't cover the content: " + e.getMessage());
        }
    }

    private static boolean isPlain(AlgorithmIdentifier algorithm) {
        return algorithm.getParameters() == null
                || DERNull.INSTANCE.equals(algorithm.getParameters().toASN1Primitive());
    }
}
