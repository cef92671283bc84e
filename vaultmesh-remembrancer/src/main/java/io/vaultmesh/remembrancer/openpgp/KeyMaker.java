package io.vaultmesh.remembrancer.openpgp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** Makes keys of the versions and algorithms that GnuPG 2.2 knows: version 4, and 22 for Ed25519. */
final class KeyMaker {

    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    private static final int CERTAINTY = 128;

    private KeyMaker() {}

    static SecretPart ed25519(Instant created, SecureRandom random) {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(random));
        return part(PublicKeyAlgorithmTags.EDDSA_LEGACY, generator.generateKeyPair(), created);
    }

    static SecretPart rsa(int bits, Instant created, SecureRandom random) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(EXPONENT, random, bits, CERTAINTY));
        return part(PublicKeyAlgorithmTags.RSA_GENERAL, generator.generateKeyPair(), created);
    }

    private static SecretPart part(int algorithm, AsymmetricCipherKeyPair pair, Instant created) {
        try {
            BcPGPKeyPair key = new BcPGPKeyPair(PublicKeyPacket.VERSION_4, algorithm, pair, Date.from(created));
            byte[] body = Packet.readAll(key.getPublicKey().getEncoded()).get(0).body();
            return new SecretPart(
                    new Packet(Packet.SECRET_KEY, body),
                    KeyPacket.read(body),
                    key.getPublicKey(),
                    Optional.of(key.getPrivateKey()));
        } catch (IOException | PGPException e) {
            throw new IllegalStateException("can't make a key: " + e, e);
        }
    }
}
