package io.vaultmesh.core.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The doubles of cyberphone's file of 100 million numbers, in its order: chosen ones, the first 2,000 normal ones, then
 * the words of a chain of SHA-256 hashes. The first two kinds are taken from the file's beginning, which is here.
 */
final class PublishedNumbers {

    private static final int CHOSEN = 168;
    private static final int SERIAL = 2000;

    private final List<String> beginning = Vectors.lines("jcs/es6-numbers-10k.txt");
    private final MessageDigest sha256;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private byte[] hash = new byte[32];
    private int index;

    PublishedNumbers() throws NoSuchAlgorithmException {
        sha256 = MessageDigest.getInstance("SHA-256");
    }

    double next() {
        if (index < CHOSEN + SERIAL) {
            String bits = beginning.get(index++).split(",", 2)[0];
            return Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        }
        double value = 0;
        while (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            if (!block.hasRemaining()) {
                hash = sha256.digest(hash);
                block = ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN);
            }
            value = block.getDouble();
        }
        return value;
    }
}
