package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** Keys, signatures and certificates that GnuPG wouldn't make, put together by Bouncy Castle's own OpenPGP classes. */
final class Made {

    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    static final int SHA1 = 2;
    static final int SHA256 = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Made() {}

    static PGPKeyPair key() {
        return key(CREATED);
    }

    static PGPKeyPair key(Instant created) {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(RANDOM));
        try {
            return new BcPGPKeyPair(
                    4, PublicKeyAlgorithmTags.EDDSA_LEGACY, generator.generateKeyPair(), Date.from(created));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static PGPKeyPair rsa(int bits) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(65537), RANDOM, bits, 80));
        try {
            return new BcPGPKeyPair(
                    4, PublicKeyAlgorithmTags.RSA_GENERAL, generator.generateKeyPair(), Date.from(CREATED));
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }

    static PGPKeyPair ecdsa(String curve) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        ASN1ObjectIdentifier oid = ECNamedCurveTable.getOID(curve);
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(oid, ECNamedCurveTable.getByOID(oid)), RANDOM));
        try {
            return new BcPGPKeyPair(4, PublicKeyAlgorithmTags.ECDSA, generator.generateKeyPair(), Date.from(CREATED));
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }

    /** A secret key whose protection has a checksum of two bytes, as before GnuPG 2. */
    static byte[] weaklyProtected(PGPKeyPair pair, char[] passphrase) {
        try {
            return new PGPSecretKey(
                            pair.getPrivateKey(),
                            pair.getPublicKey(),
                            null,
                            true,
                            new BcPBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256).build(passphrase))
                    .getEncoded();
        } catch (IOException | PGPException e) {
            throw new AssertionError(e);
        }
    }

    /** What a signature is over. */
    interface Over {
        PGPSignature sign(PGPSignatureGenerator generator) throws Exception;
    }

    static PGPSignature signature(
            PGPKeyPair by, int type, int hash, Instant at, Consumer<PGPSignatureSubpacketGenerator> with, Over over) {
        try {
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(by.getPublicKey().getAlgorithm(), hash), by.getPublicKey());
            generator.init(type, by.getPrivateKey());
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setSignatureCreationTime(false, Date.from(at));
            hashed.setIssuerFingerprint(false, by.getPublicKey());
            with.accept(hashed);
            generator.setHashedSubpackets(hashed.generate());
            return over.sign(generator);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static PGPSignature document(
            PGPKeyPair by, int type, int hash, Instant at, byte[] data, Consumer<PGPSignatureSubpacketGenerator> with) {
        return signature(by, type, hash, at, with, generator -> {
            generator.update(data);
            return generator.generate();
        });
    }

    static PGPSignature document(PGPKeyPair by, Instant at, byte[] data) {
        return document(by, 0, SHA256, at, data, with -> {});
    }

    static PGPSignature userId(PGPKeyPair by, int hash, Instant at, Consumer<PGPSignatureSubpacketGenerator> with) {
        return signature(
                by, 0x13, hash, at, with, generator -> generator.generateCertification(NAME, by.getPublicKey()));
    }

    static PGPSignature userId(PGPKeyPair by) {
        return userId(
                by, SHA256, CREATED, with -> with.setKeyFlags(false, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA));
    }

    static PGPSignature aboutItself(
            PGPKeyPair by, int type, int hash, Instant at, Consumer<PGPSignatureSubpacketGenerator> with) {
        return signature(by, type, hash, at, with, generator -> generator.generateCertification(by.getPublicKey()));
    }

    static PGPSignature aboutSubkey(
            PGPKeyPair by,
            PGPKeyPair primary,
            PGPKeyPair subkey,
            int type,
            Instant at,
            Consumer<PGPSignatureSubpacketGenerator> with) {
        return aboutSubkey(by, primary, subkey, type, SHA256, at, with);
    }

    static PGPSignature aboutSubkey(
            PGPKeyPair by,
            PGPKeyPair primary,
            PGPKeyPair subkey,
            int type,
            int hash,
            Instant at,
            Consumer<PGPSignatureSubpacketGenerator> with) {
        return signature(
                by,
                type,
                hash,
                at,
                with,
                generator -> generator.generateCertification(primary.getPublicKey(), subkey.getPublicKey()));
    }

    /** A binding that says that the subkey signs, with the given back-signature. */
    static PGPSignature binding(PGPKeyPair primary, PGPKeyPair subkey, PGPSignature back) {
        return binding(primary, subkey, back, SHA256);
    }

    static PGPSignature binding(PGPKeyPair primary, PGPKeyPair subkey, PGPSignature back, int hash) {
        return aboutSubkey(primary, primary, subkey, 0x18, hash, CREATED, with -> {
            with.setKeyFlags(false, KeyFlags.SIGN_DATA);
            try {
                with.addEmbeddedSignature(false, back);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    static PGPSignature back(PGPKeyPair primary, PGPKeyPair subkey) {
        return aboutSubkey(subkey, primary, subkey, 0x19, CREATED, with -> {});
    }

    static final String NAME = "made <made@example.org>";

    /** A certificate of what is given, in its order: keys, user ids and signatures. The first key is the primary one. */
    static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean first = true;
        try {
            for (Object part : parts) {
                if (part instanceof PGPKeyPair pair) {
                    byte[] body = Packet.readAll(key(pair)).get(0).body();
                    new Packet(first ? Packet.PUBLIC_KEY : Packet.PUBLIC_SUBKEY, body).writeTo(out);
                    first = false;
                } else if (part instanceof PGPSignature signature) {
                    out.writeBytes(signature.getEncoded());
                } else {
                    new Packet(Packet.USER_ID, part.toString().getBytes(UTF_8)).writeTo(out);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] key(PGPKeyPair pair) throws IOException {
        PGPPublicKey key = pair.getPublicKey();
        return key.getEncoded();
    }

    static PgpCertificate certificate(Object... parts) {
        return PgpCertificate.parse(bytes(parts));
    }

    static PgpSignature signature(PGPSignature... signatures) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (PGPSignature signature : signatures) {
                out.writeBytes(signature.getEncoded());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return PgpSignature.parse(out.toByteArray());
    }
}
