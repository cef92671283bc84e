package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes tokens that are wrong in one way, and certificates for them. As made, it is right in every way. */
final class Forge {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant END = Instant.parse("2026-12-31T00:00:00Z");
    static final Hash DATA = Hashing.sha256("data".getBytes(StandardCharsets.UTF_8));
    static final BigInteger NONCE = BigInteger.valueOf(0x1234567);
    static final String POLICY = "1.3.6.1.4.1.99999.1.1";

    /** Somebody with a certificate. */
    record Party(KeyPair keys, X509CertificateHolder certificate) {

        TimestampAnchor pinned() {
            return TimestampAnchor.of(encoded(certificate));
        }
    }

    static final Party ROOT = authority("Root", null, ca(true));
    static final Party LEAF = signer("Signer", ROOT);

    Party signer = LEAF;
    List<X509CertificateHolder> certificates = List.of(LEAF.certificate(), ROOT.certificate());
    AlgorithmIdentifier imprintAlgorithm = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    byte[] imprint = DATA.bytes();
    BigInteger nonce = NONCE;
    String genTime = "20260601120000Z";
    Accuracy accuracy = null;
    int status = PKIStatus.GRANTED;
    boolean withToken = true;
    int signatures = 1;
    ASN1ObjectIdentifier signedType = PKCSObjectIdentifiers.id_ct_TSTInfo;
    boolean withMessageDigest = true;
    boolean bySha1 = false;
    UnaryOperator<byte[]> signed = bytes -> bytes;
    X509CertificateHolder named = LEAF.certificate();
    X509CertificateHolder namedBeside = LEAF.certificate();
    Optional<X509CertificateHolder> givenIssuer = Optional.empty();
    List<Integer> essVersions = List.of(2);

    static Party authority(String name, Party issuer, UnaryOperator<X509v3CertificateBuilder> extensions) {
        return party(name, issuer, START, END, "SHA256withECDSA", extensions);
    }

    static Party signer(String name, Party issuer) {
        return party(name, issuer, START, END, "SHA256withECDSA", usage(true, KeyPurposeId.id_kp_timeStamping));
    }

    static UnaryOperator<X509v3CertificateBuilder> ca(boolean is) {
        return builder -> extend(builder, Extension.basicConstraints, true, new BasicConstraints(is));
    }

    static UnaryOperator<X509v3CertificateBuilder> ca(int pathLength) {
        return builder -> extend(builder, Extension.basicConstraints, true, new BasicConstraints(pathLength));
    }

    static UnaryOperator<X509v3CertificateBuilder> usage(boolean critical, KeyPurposeId... purposes) {
        return builder -> extend(builder, Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
    }

    static X509v3CertificateBuilder extend(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        try {
            return builder.addExtension(type, critical, value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Party party(
            String name,
            Party issuer,
            Instant from,
            Instant until,
            String algorithm,
            UnaryOperator<X509v3CertificateBuilder> extensions) {
        return party(keys("EC", 256), name, issuer, from, until, algorithm, extensions);
    }

    static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Party party(
            KeyPair keys,
            String name,
            Party issuer,
            Instant from,
            Instant until,
            String algorithm,
            UnaryOperator<X509v3CertificateBuilder> extensions) {
        X500Name subject = new X500Name("CN=" + name);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer == null ? subject : issuer.certificate().getSubject(),
                new BigInteger(64, new Random(name.hashCode())).setBit(0),
                Date.from(from),
                Date.from(until),
                subject,
                keys.getPublic());
        try {
            return new Party(
                    keys,
                    extensions
                            .apply(builder)
                            .build(new JcaContentSignerBuilder(algorithm)
                                    .setProvider(BouncyCastle.PROVIDER)
                                    .build((issuer == null ? keys : issuer.keys()).getPrivate())));
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed by somebody else, who is named as the signer everywhere. */
    Forge by(Party other, Party... issuers) {
        signer = other;
        named = other.certificate();
        namedBeside = other.certificate();
        certificates = new ArrayList<>(List.of(other.certificate()));
        for (Party issuer : issuers) {
            certificates.add(issuer.certificate());
        }
        return this;
    }

    TimestampResponse response() {
        return TimestampResponse.parse(bytes());
    }

    byte[] bytes() {
        try {
            ContentInfo token = withToken ? token() : null;
            return Der.encode(
                    new TimeStampResp(new PKIStatusInfo(PKIStatus.getInstance(new ASN1Integer(status))), token));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private ContentInfo token() throws IOException, GeneralSecurityException {
        byte[] info = Der.encode(new TSTInfo(
                new ASN1ObjectIdentifier(POLICY),
                new MessageImprint(imprintAlgorithm, imprint),
                new ASN1Integer(77),
                new ASN1GeneralizedTime(genTime),
                accuracy,
                null,
                nonce == null ? null : new ASN1Integer(nonce),
                null,
                null));
        ASN1EncodableVector signers = new ASN1EncodableVector();
        for (int i = 0; i < signatures; i++) {
            signers.add(signerInfo(info));
        }
        return new ContentInfo(
                PKCSObjectIdentifiers.signedData,
                new SignedData(
                        new DERSet(digest()),
                        new ContentInfo(PKCSObjectIdentifiers.id_ct_TSTInfo, new DEROctetString(info)),
                        new DERSet(certificates.stream()
                                .map(X509CertificateHolder::toASN1Structure)
                                .toArray(ASN1Encodable[]::new)),
                        null,
                        new DERSet(signers)));
    }

    private SignerInfo signerInfo(byte[] info) throws IOException, GeneralSecurityException {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.contentType, new DERSet(signedType)));
        if (withMessageDigest) {
            attributes.add(new Attribute(
                    CMSAttributes.messageDigest,
                    new DERSet(new DEROctetString(MessageDigest.getInstance(bySha1 ? "SHA-1" : "SHA-256")
                            .digest(info)))));
        }
        for (int version : essVersions) {
            attributes.add(essCertId(version));
        }
        DERSet set = new DERSet(attributes);
        boolean rsa = signer.keys().getPublic().getAlgorithm().equals("RSA");
        Signature signature = Signature.getInstance((bySha1 ? "SHA1" : "SHA256") + (rsa ? "withRSA" : "withECDSA"));
        signature.initSign(signer.keys().getPrivate());
        signature.update(signed.apply(set.getEncoded()));
        return new SignerInfo(
                new SignerIdentifier(new IssuerAndSerialNumber(namedBeside.getIssuer(), namedBeside.getSerialNumber())),
                digest(),
                set,
                signatureAlgorithm(rsa),
                new DEROctetString(signature.sign()),
                null);
    }

    private AlgorithmIdentifier digest() {
        return new AlgorithmIdentifier(bySha1 ? OIWObjectIdentifiers.idSHA1 : NISTObjectIdentifiers.id_sha256);
    }

    private AlgorithmIdentifier signatureAlgorithm(boolean rsa) {
        if (rsa) {
            return new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
        }
        return new AlgorithmIdentifier(
                bySha1 ? X9ObjectIdentifiers.ecdsa_with_SHA1 : X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    private Attribute essCertId(int version) throws GeneralSecurityException {
        byte[] certificate = encoded(named);
        if (version == 2) {
            byte[] hash = Hashing.sha256(certificate).bytes();
            return new Attribute(
                    PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                    new DERSet(new SigningCertificateV2(new ESSCertIDv2(
                            hash,
                            givenIssuer
                                    .map(other -> new IssuerSerial(other.getIssuer(), other.getSerialNumber()))
                                    .orElse(null)))));
        }
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(certificate);
        return new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificate,
                new DERSet(new SigningCertificate(new ESSCertID(hash))));
    }
}
