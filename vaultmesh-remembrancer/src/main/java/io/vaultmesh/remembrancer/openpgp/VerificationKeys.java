package io.vaultmesh.remembrancer.openpgp;

import io.vaultmesh.core.key.Ed25519PublicKey;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/** Reads the algorithm-specific part of a public key (RFC 9580 §5.5.5). */
final class VerificationKeys {

    /** Below, a key can be broken; above, a single verification takes long enough to be a weapon. */
    static final int MIN_RSA_BITS = 2048;

    static final int MAX_RSA_BITS = 8192;

    private static final String ED25519 = "2b06010401da470f01";

    private VerificationKeys() {}

    static VerificationKey read(int algorithm, Octets octets) {
        KeyAlgorithm known = KeyAlgorithm.of(algorithm).orElse(null);
        if (known == null) {
            var unused = octets.rest();
            return new VerificationKey.Unsupported(
                    "its key is of " + KeyAlgorithm.name(algorithm) + ", expected RSA, EdDSA or ECDSA");
        }
        return switch (known) {
            case RSA, RSA_SIGN -> rsa(octets.mpi(), octets.mpi());
            case RSA_ENCRYPT -> unsupported(known, octets, 2);
            case ELGAMAL -> unsupported(known, octets, 3);
            case DSA -> unsupported(known, octets, 4);
            case ECDH -> {
                var unusedCurve = octets.take(octets.octet());
                VerificationKey key = unsupported(known, octets, 1);
                var unusedDerivation = octets.take(octets.octet());
                yield key;
            }
            case ECDSA -> ecdsa(curve(octets), octets.mpi());
            case EDDSA -> eddsa(curve(octets), octets.mpi());
        };
    }

    private static VerificationKey unsupported(KeyAlgorithm algorithm, Octets octets, int numbers) {
        for (int i = 0; i < numbers; i++) {
            var unused = octets.mpi();
        }
        return new VerificationKey.Unsupported("its key is of " + algorithm.title() + ", expected RSA, EdDSA or ECDSA");
    }

    private static String curve(Octets octets) {
        return HexFormat.of().formatHex(octets.take(octets.octet()));
    }

    private static VerificationKey rsa(BigInteger modulus, BigInteger exponent) {
        int bits = modulus.bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            return new VerificationKey.Unsupported(
                    "its RSA key has " + bits + " bits, expected " + MIN_RSA_BITS + " to " + MAX_RSA_BITS);
        }
        if (exponent.bitLength() > 64 || exponent.compareTo(BigInteger.TWO) <= 0) {
            throw new IllegalArgumentException(
                    "an RSA key has an exponent of " + exponent.bitLength() + " bits, expected 3 to 2^64");
        }
        return new VerificationKey.Rsa(new RSAKeyParameters(false, modulus, exponent));
    }

    private static VerificationKey ecdsa(String curve, BigInteger point) {
        String name = switch (curve) {
            case "2a8648ce3d030107" -> "P-256";
            case "2b81040022" -> "P-384";
            case "2b81040023" -> "P-521";
            default -> "";
        };
        if (name.isEmpty()) {
            return new VerificationKey.Unsupported("its ECDSA key is on another curve than P-256, P-384 and P-521");
        }
        X9ECParameters curveOf = ECNamedCurveTable.getByName(name);
        ECDomainParameters domain = new ECDomainParameters(curveOf);
        byte[] encoded = point.toByteArray(); // starts with 04, so there is no sign octet
        if (encoded[0] != 4) {
            throw new IllegalArgumentException("an ECDSA key's point isn't uncompressed, expected it to start with 04");
        }
        return new VerificationKey.Ecdsa(
                new ECPublicKeyParameters(curveOf.getCurve().decodePoint(encoded), domain));
    }

    private static VerificationKey eddsa(String curve, BigInteger point) {
        if (!curve.equals(ED25519)) {
            return new VerificationKey.Unsupported("its EdDSA key is on another curve than Ed25519");
        }
        byte[] encoded = point.toByteArray(); // starts with 40, so there is no sign octet
        if (encoded.length != 1 + Ed25519PublicKey.LENGTH || encoded[0] != 0x40) {
            throw new IllegalArgumentException("an Ed25519 key's point isn't 40 and 32 bytes");
        }
        return new VerificationKey.Ed25519(Ed25519PublicKey.of(Arrays.copyOfRange(encoded, 1, encoded.length)));
    }
}
