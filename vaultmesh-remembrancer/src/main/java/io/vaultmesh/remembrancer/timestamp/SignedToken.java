package io.vaultmesh.remembrancer.timestamp;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;

/**
 * A token (CMS SignedData around a TSTInfo, RFC 5652), read but not verified. All parsing happens here, so that nothing
 * later can fail at a shape.
 *
 * @param signer the only signature
 * @param name the unsigned name of the signer's certificate; empty if it is named by its key's identifier
 * @param identifiers whose certificate the signature says it is under, by the attributes that it covers
 * @param certificates what the token carries: evidence, never trust
 */
record SignedToken(
        TokenInfo info,
        SignerInformation signer,
        Optional<IssuerAndSerial> name,
        List<CertificateId> identifiers,
        List<X509Certificate> certificates) {

    /** Real tokens carry up to four; each may cost a signature check. */
    private static final int MAX_CERTIFICATES = 32;

    static SignedToken read(ContentInfo content) {
        require(content.getContentType(), PKCSObjectIdentifiers.signedData, "the token's type");
        SignedData data = SignedData.getInstance(content.getContent());
        requireFields(ASN1Sequence.getInstance(content.getContent()));
        require(data.getVersion().getValue(), BigInteger.valueOf(3), "the token's CMS version");
        ContentInfo inner = data.getEncapContentInfo();
        Der.requireSame(inner, ASN1Sequence.getInstance(content.getContent()).getObjectAt(2));
        require(inner.getContentType(), PKCSObjectIdentifiers.id_ct_TSTInfo, "the content's type");
        byte[] info = ASN1OctetString.getInstance(inner.getContent()).getOctets();
        SignerInformation signer = signer(data, content);
        return new SignedToken(
                Der.read(info, "a TSTInfo", TokenInfo::read),
                signer,
                name(signer.toASN1Structure().getSID()),
                CertificateId.read(signer.getSignedAttributes()),
                certificates(data));
    }

    /** Certificates are [0] and revocation lists [1], once and in this order; the library takes the last of each. */
    private static void requireFields(ASN1Sequence data) {
        int next = 0;
        for (ASN1Encodable field : data) {
            if (field instanceof ASN1TaggedObject tagged) {
                if (tagged.getTagNo() < next) {
                    throw new IllegalArgumentException(
                            "the token has fields twice or in another order than signed data");
                }
                next = tagged.getTagNo() + 1;
            }
        }
    }

    private static SignerInformation signer(SignedData data, ContentInfo content) {
        require(data.getSignerInfos().size(), 1, "the number of signatures");
        SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        require(signer.getVersion().intValueExact(), signer.getSID().isTagged() ? 3 : 1, "the signature's CMS version");
        if (signer.getAuthenticatedAttributes() == null || !Der.isSorted(signer.getAuthenticatedAttributes())) {
            throw new IllegalArgumentException("the signature has no signed attributes in DER's order");
        }
        Der.requireSame(signer, data.getSignerInfos().getObjectAt(0));
        require(data.getDigestAlgorithms().size(), 1, "the number of digest algorithms");
        require(data.getDigestAlgorithms().getObjectAt(0), signer.getDigestAlgorithm(), "the digest algorithm");
        try {
            return new CMSSignedData(content).getSignerInfos().iterator().next();
        } catch (CMSException e) {
            throw new IllegalArgumentException("it is not signed data: " + e.getMessage(), e);
        }
    }

    private static Optional<IssuerAndSerial> name(SignerIdentifier signer) {
        if (signer.isTagged()) {
            return Optional.empty();
        }
        IssuerAndSerialNumber name = IssuerAndSerialNumber.getInstance(signer.getId());
        return Optional.of(
                IssuerAndSerial.of(name.getName(), name.getSerialNumber().getValue()));
    }

    private static List<X509Certificate> certificates(SignedData data) {
        List<X509Certificate> certificates = new ArrayList<>();
        if (data.getCertificates() != null) {
            for (ASN1Encodable certificate : data.getCertificates()) {
                if (!(certificate instanceof ASN1Sequence sequence)) {
                    throw new IllegalArgumentException("it carries a certificate that is not X.509");
                }
                if (certificates.size() == MAX_CERTIFICATES) {
                    throw new IllegalArgumentException("it carries more than " + MAX_CERTIFICATES + " certificates");
                }
                certificates.add(Der.certificate(Der.encode(sequence)));
            }
        }
        return List.copyOf(certificates);
    }

    private static void require(Object found, Object expected, String what) {
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(what + " is " + found + ", expected " + expected);
        }
    }
}
