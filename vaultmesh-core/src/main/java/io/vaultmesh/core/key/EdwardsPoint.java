package io.vaultmesh.core.key;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A point of edwards25519 (RFC 8032 §5.1) in extended coordinates, for judging public keys: slow, not constant-time,
 * never used with a secret.
 */
final class EdwardsPoint {

    static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    private static final BigInteger SQRT_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
    private static final EdwardsPoint NEUTRAL = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);

    private final BigInteger x;
    private final BigInteger y;
    private final BigInteger z;
    private final BigInteger t;

    private EdwardsPoint(BigInteger x, BigInteger y, BigInteger z) {
        this(x, y, z, x.multiply(y).mod(P));
    }

    private EdwardsPoint(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.t = t;
    }

    static BigInteger littleEndian(byte[] bytes, int offset, int length) {
        byte[] reversed = new byte[length];
        for (int i = 0; i < length; i++) {
            reversed[i] = bytes[offset + length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    /** RFC 8032 §5.1.3; empty if the 32 bytes are not the canonical encoding of a point of the curve. */
    static Optional<EdwardsPoint> decode(byte[] bytes, int offset) {
        BigInteger encoded = littleEndian(bytes, offset, 32);
        boolean odd = encoded.testBit(255);
        BigInteger y = encoded.clearBit(255);
        if (y.compareTo(P) >= 0) {
            return Optional.empty();
        }
        BigInteger y2 = y.multiply(y).mod(P);
        BigInteger u = y2.subtract(BigInteger.ONE).mod(P);
        BigInteger v = D.multiply(y2).add(BigInteger.ONE).mod(P);
        BigInteger square = u.multiply(v.modInverse(P)).mod(P);
        BigInteger x = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(square)) {
            x = x.multiply(SQRT_MINUS_ONE).mod(P);
        }
        boolean onCurve = x.multiply(x).mod(P).equals(square);
        boolean negativeZero = x.signum() == 0 && odd;
        if (!onCurve || negativeZero) {
            return Optional.empty();
        }
        return Optional.of(new EdwardsPoint(x.testBit(0) == odd ? x : P.subtract(x), y, BigInteger.ONE));
    }

    /** Why 32 bytes are not a key to be accepted; empty if they are. */
    static Optional<String> flaw(byte[] publicKey) {
        Optional<EdwardsPoint> point = decode(publicKey, 0);
        if (point.isEmpty()) {
            return Optional.of("is not the canonical encoding of a point of the curve");
        }
        if (point.get().isSmallOrder()) {
            return Optional.of("has small order");
        }
        return point.get().isTorsionFree() ? Optional.empty() : Optional.of("has a torsion part");
    }

    private boolean isSmallOrder() {
        return multiply(BigInteger.valueOf(8)).isNeutral();
    }

    private boolean isTorsionFree() {
        return multiply(L).isNeutral();
    }

    private boolean isNeutral() {
        return x.signum() == 0 && y.equals(z);
    }

    private EdwardsPoint multiply(BigInteger scalar) {
        EdwardsPoint sum = NEUTRAL;
        for (int i = scalar.bitLength() - 1; i >= 0; i--) {
            sum = sum.add(sum);
            if (scalar.testBit(i)) {
                sum = sum.add(this);
            }
        }
        return sum;
    }

    /** The complete addition of RFC 8032 §5.1.4. */
    private EdwardsPoint add(EdwardsPoint other) {
        BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(P);
        BigInteger b = y.add(x).multiply(other.y.add(other.x)).mod(P);
        BigInteger c = t.multiply(other.t).mod(P).multiply(D).shiftLeft(1).mod(P);
        BigInteger d = z.multiply(other.z).shiftLeft(1).mod(P);
        BigInteger e = b.subtract(a);
        BigInteger f = d.subtract(c);
        BigInteger g = d.add(c);
        BigInteger h = b.add(a);
        return new EdwardsPoint(
                e.multiply(f).mod(P),
                g.multiply(h).mod(P),
                f.multiply(g).mod(P),
                e.multiply(h).mod(P));
    }
}
