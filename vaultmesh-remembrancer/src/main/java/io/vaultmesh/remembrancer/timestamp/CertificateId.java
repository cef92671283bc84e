package io.vaultmesh.remembrancer.timestamp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificate a signature says it is under: ESSCertID (RFC 2634 §5.4, SHA-1) or ESSCertIDv2 (RFC 5035). Without
 * it, another certificate over the same key could be put in the place of the signer's.
 *
 * @param version 1 or 2
 * @param algorithm the digest's name
 * @param hash the digest of the certificate, in hex
 * @param issuer the issuer's name in DER, in hex, and the serial number, if they are given
 */
record CertificateId(int version, String algorithm, String hash, Optional<IssuerAndSerial> issuer) {

    private static final Map<ASN1ObjectIdentifier, String> ALGORITHMS = Map.of(
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");

    /** The first identifier of each version: that of the signer. Others after it may name its issuers. */
    static List<CertificateId> read(AttributeTable signed) {
        List<CertificateId> identifiers = new ArrayList<>();
        value(signed, PKCSObjectIdentifiers.id_aa_signingCertificateV2).ifPresent(value -> {
            ESSCertIDv2 first = SigningCertificateV2.getInstance(value).getCerts()[0];
            String algorithm = ALGORITHMS.get(first.getHashAlgorithm().getAlgorithm());
            if (algorithm == null) {
                throw new IllegalArgumentException("the signer's certificate is named by a hash of algorithm "
                        + first.getHashAlgorithm().getAlgorithm() + ", expected one of " + ALGORITHMS.values());
            }
            identifiers.add(of(2, algorithm, first.getCertHash(), first.getIssuerSerial()));
        });
        value(signed, PKCSObjectIdentifiers.id_aa_signingCertificate).ifPresent(value -> {
            ESSCertID first = SigningCertificate.getInstance(value).getCerts()[0];
            identifiers.add(of(1, "SHA-1", first.getCertHash(), first.getIssuerSerial()));
        });
        return List.copyOf(identifiers);
    }

    private static CertificateId of(int version, String algorithm, byte[] hash, @Nullable IssuerSerial issuer) {
        return new CertificateId(
                version,
                algorithm,
                HexFormat.of().formatHex(hash),
                Optional.ofNullable(issuer).map(CertificateId::issuer));
    }

    private static IssuerAndSerial issuer(IssuerSerial issuer) {
        GeneralName[] names = issuer.getIssuer().getNames();
        if (names.length != 1 || names[0].getTagNo() != GeneralName.directoryName) {
            throw new IllegalArgumentException("the signer's certificate has " + Arrays.toString(names)
                    + " as its issuer, expected one distinguished name");
        }
        return IssuerAndSerial.of(names[0].getName(), issuer.getSerial().getValue());
    }

    private static Optional<ASN1Encodable> value(AttributeTable signed, ASN1ObjectIdentifier type) {
        if (signed.getAll(type).size() == 0) {
            return Optional.empty();
        }
        ASN1Encodable[] values = ((Attribute) signed.getAll(type).get(0)).getAttributeValues();
        if (signed.getAll(type).size() > 1 || values.length != 1) {
            throw new IllegalArgumentException("attribute " + type + " has more or fewer values than one");
        }
        return Optional.of(values[0]);
    }

    boolean isOf(X509Certificate certificate) {
        try {
            byte[] digest =
                    MessageDigest.getInstance(algorithm, BouncyCastle.PROVIDER).digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest).equals(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can't be hashed by " + algorithm, e);
        }
    }
}
