package io.vaultmesh.core.note;

import io.vaultmesh.core.key.Ed25519PublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a witness signs, and how its signature is written: time as 64 bits, big-endian, and an Ed25519 signature over
 *
 * <pre>
 * cosignature/v1
 * time (decimal seconds since 1970)
 * (the checkpoint's text)
 * </pre>
 */
final class CosignedMessage {

    static final int TIME_LENGTH = Long.BYTES;
    static final int LENGTH = TIME_LENGTH + Ed25519PublicKey.SIGNATURE_LENGTH;

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]*");
    private static final Pattern ROOT = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private CosignedMessage() {}

    static byte[] of(long time, byte[] text) {
        byte[] header = ("cosignature/v1\ntime " + time + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(header.length + text.length)
                .put(header)
                .put(text)
                .array();
    }

    static long time(byte[] signature) {
        return ByteBuffer.wrap(signature).getLong();
    }

    static byte[] withTime(long time, byte[] signature) {
        return ByteBuffer.allocate(LENGTH).putLong(time).put(signature).array();
    }

    /** Whether a text has the lines of a checkpoint: origin, size, root hash, and any further ones that aren't empty. */
    static boolean isCheckpoint(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String[] lines = text.split("\n", 4);
        return lines.length == 4
                && !lines[0].isEmpty()
                && SIZE.matcher(lines[1]).matches()
                && ROOT.matcher(lines[2]).matches()
                && text.endsWith("\n")
                && !text.contains("\n\n");
    }
}
