package io.vaultmesh.remembrancer.timestamp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What a development authority signs with.
 *
 * @param key the signer's private key
 * @param leaf its certificate
 * @param root the certificate that it was issued under, whose private key is gone
 */
record AuthorityKeys(PrivateKey key, X509CertificateHolder leaf, X509CertificateHolder root) {

    private static final Duration BEFORE = Duration.ofDays(1);
    private static final Duration AFTER = Duration.ofDays(3650);
    private static final X500Name ROOT = new X500Name("O=VaultMesh development,CN=Root");
    private static final X500Name LEAF = new X500Name("O=VaultMesh development,CN=Timestamp authority");
    private static final int SERIAL_BITS = 127;

    static AuthorityKeys make(Instant now, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
            generator.initialize(new ECGenParameterSpec("P-256"), random);
            KeyPair above = generator.generateKeyPair();
            KeyPair signer = generator.generateKeyPair();
            ContentSigner issuer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider(BouncyCastle.PROVIDER)
                    .build(above.getPrivate());
            X509CertificateHolder root = certificate(now, random, ROOT, above)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                    .build(issuer);
            X509CertificateHolder leaf = certificate(now, random, LEAF, signer)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
                    .build(issuer);
            return new AuthorityKeys(signer.getPrivate(), leaf, root);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("the provider can't make certificates under P-256", e);
        }
    }

    private static X509v3CertificateBuilder certificate(
            Instant now, SecureRandom random, X500Name subject, KeyPair key) {
        return new JcaX509v3CertificateBuilder(
                ROOT,
                new BigInteger(SERIAL_BITS, random).setBit(0),
                Date.from(now.minus(BEFORE)),
                Date.from(now.plus(AFTER)),
                subject,
                key.getPublic());
    }

    /** That the key is the leaf's, and the leaf the root's: what was read from disk need not be what was written. */
    void requireConsistency() {
        try {
            byte[] probe = LEAF.getEncoded();
            Signature signature = Signature.getInstance("SHA256withECDSA", BouncyCastle.PROVIDER);
            signature.initSign(key);
            signature.update(probe);
            byte[] made = signature.sign();
            signature.initVerify(Der.certificate(leaf.getEncoded()));
            signature.update(probe);
            boolean ofLeaf = signature.verify(made);
            Der.certificate(leaf.getEncoded())
                    .verify(Der.certificate(root.getEncoded()).getPublicKey(), BouncyCastle.PROVIDER);
            if (!ofLeaf) {
                throw new IllegalArgumentException("the key is not that of the certificate");
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the key or the certificates don't belong together", e);
        }
    }
}
