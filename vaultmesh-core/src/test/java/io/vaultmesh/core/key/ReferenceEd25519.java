package io.vaultmesh.core.key;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Ed25519 as RFC 8032 §5.1 writes it down: an arithmetic to judge others by, and the means to make
 * signatures that no honest signer makes.
 */
final class ReferenceEd25519 {

    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(inverse(BigInteger.valueOf(121666)))
            .mod(P);
    private static final BigInteger ROOT_OF_MINUS_1 = BigInteger.TWO.modPow(P.shiftRight(2), P);

    static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);
    static final Point BASE =
            point(BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(P));

    /** Generates the eight points of small order. */
    static final Point ORDER_8 =
            point(new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16));

    private ReferenceEd25519() {}

    /** x/z, y/z, and xy/z = t (RFC 8032 §5.1.4). */
    record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {

        Point(BigInteger x, BigInteger y) {
            this(x, y, BigInteger.ONE, x.multiply(y).mod(P));
        }

        Point plus(Point other) {
            BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(P);
            BigInteger b = y.add(x).multiply(other.y.add(other.x)).mod(P);
            BigInteger c = t.add(t).multiply(D).mod(P).multiply(other.t).mod(P);
            BigInteger d = z.add(z).multiply(other.z).mod(P);
            BigInteger e = b.subtract(a);
            BigInteger f = d.subtract(c);
            BigInteger g = d.add(c);
            BigInteger h = b.add(a);
            return new Point(
                    e.multiply(f).mod(P),
                    g.multiply(h).mod(P),
                    f.multiply(g).mod(P),
                    e.multiply(h).mod(P));
        }

        Point times(BigInteger scalar) {
            Point sum = NEUTRAL;
            for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                sum = scalar.testBit(bit) ? sum.plus(this) : sum;
            }
            return sum;
        }

        byte[] encoded() {
            BigInteger affineX = x.multiply(inverse(z)).mod(P);
            BigInteger affineY = y.multiply(inverse(z)).mod(P);
            return littleEndian(affineX.testBit(0) ? affineY.setBit(255) : affineY);
        }
    }

    /** The point with this y and an even x. */
    private static Point point(BigInteger y) {
        BigInteger y2 = y.multiply(y);
        BigInteger x2 = y2.subtract(BigInteger.ONE)
                .multiply(inverse(D.multiply(y2).add(BigInteger.ONE)))
                .mod(P);
        BigInteger x = x2.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        x = x.multiply(x).mod(P).equals(x2) ? x : x.multiply(ROOT_OF_MINUS_1).mod(P);
        if (!x.multiply(x).mod(P).equals(x2)) {
            throw new IllegalArgumentException("no point has y = " + y);
        }
        return new Point(x.testBit(0) ? P.subtract(x) : x, y);
    }

    private static BigInteger inverse(BigInteger value) {
        return value.modInverse(P);
    }

    static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The scalar that a seed stands for. */
    static BigInteger secretScalar(byte[] seed) {
        byte[] half = Arrays.copyOf(sha512(seed), 32);
        half[0] &= (byte) 248;
        half[31] &= 127;
        half[31] |= 64;
        return EdwardsPoint.littleEndian(half, 0, 32);
    }

    static BigInteger challenge(byte[] r, byte[] key, byte[] message) {
        return EdwardsPoint.littleEndian(sha512(r, key, message), 0, 64).mod(L);
    }

    /** A signature whose R is nonce·B + torsion, and whose S fits as well as it can. */
    static byte[] sign(byte[] seed, byte[] key, byte[] message, BigInteger nonce, Point torsion) {
        byte[] r = BASE.times(nonce).plus(torsion).encoded();
        BigInteger s = nonce.add(challenge(r, key, message).multiply(secretScalar(seed)));
        return signature(r, s.mod(L));
    }

    static byte[] signature(byte[] r, BigInteger s) {
        byte[] signature = Arrays.copyOf(r, 64);
        System.arraycopy(littleEndian(s), 0, signature, 32, 32);
        return signature;
    }

    /** Whether S·B = R + k·A, by comparing the texts of R. */
    static boolean verify(Point key, byte[] message, byte[] signature) {
        byte[] r = Arrays.copyOf(signature, 32);
        BigInteger s = EdwardsPoint.littleEndian(signature, 32, 32);
        BigInteger minusK = L.subtract(challenge(r, key.encoded(), message));
        return s.compareTo(L) < 0
                && Arrays.equals(r, BASE.times(s).plus(key.times(minusK)).encoded());
    }
}
