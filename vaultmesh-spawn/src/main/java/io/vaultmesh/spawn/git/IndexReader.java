package io.vaultmesh.spawn.git;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Reads which paths git's index names, in versions 2 to 4 (gitformat-index), with SHA-1 or SHA-256. JGit's own reader
 * looks into the user's configuration, and may write there.
 *
 * <p>A split index, of which most lies in another file, is refused; of a sparse one the directories that aren't checked
 * out are left out.
 */
final class IndexReader {

    private static final int SIGNATURE = 0x44495243; // DIRC
    private static final int SHA1_LENGTH = 20;
    private static final int SHA256_LENGTH = 32;
    /** Times, device, inode, mode, owner and size of a file. */
    private static final int STAT_LENGTH = 40;

    private static final int EXTENDED = 0x4000;
    private static final int ALIGNMENT = 8;
    private static final int EXTENSION_HEADER = 8;
    private static final int CONTINUED = 0x80;

    private final ByteBuffer in;
    private final int version;
    private final int hashLength;
    private byte[] name = {};

    private IndexReader(byte[] bytes) throws IOException {
        this.hashLength = hashLength(bytes);
        this.in = ByteBuffer.wrap(bytes, 0, bytes.length - hashLength);
        if (in.getInt() != SIGNATURE) {
            throw new IOException("it doesn't start with DIRC");
        }
        this.version = in.getInt();
        if (version < 2 || version > 4) {
            throw new IOException("it has version " + version + ", expected 2, 3 or 4");
        }
    }

    /**
     * The paths of an index, with {@code /} between segments.
     *
     * @throws IOException if the bytes are no index that can be read here; the message says why
     */
    static NavigableSet<String> paths(byte[] bytes) throws IOException {
        try {
            return new IndexReader(bytes).paths();
        } catch (BufferUnderflowException e) {
            throw new IOException("it ends too early", e);
        }
    }

    /** The kind of the checksum at the end tells that of the objects, too. Git may be told to leave it zero. */
    private static int hashLength(byte[] bytes) throws IOException {
        for (int length : new int[] {SHA256_LENGTH, SHA1_LENGTH}) {
            int end = bytes.length - length;
            if (end < 0) {
                continue;
            }
            byte[] found = Arrays.copyOfRange(bytes, end, bytes.length);
            if (Arrays.equals(found, new byte[length])
                    || MessageDigest.isEqual(found, digest(length).digest(Arrays.copyOf(bytes, end)))) {
                return length;
            }
        }
        throw new IOException("its checksum is not that of its bytes");
    }

    private static MessageDigest digest(int length) {
        try {
            return MessageDigest.getInstance(length == SHA1_LENGTH ? "SHA-1" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no hash that git needs", e);
        }
    }

    private NavigableSet<String> paths() throws IOException {
        NavigableSet<String> paths = new TreeSet<>();
        int entries = in.getInt();
        for (int i = 0; i < entries; i++) {
            paths.add(entry());
        }
        while (in.remaining() >= EXTENSION_HEADER) {
            extension();
        }
        // the directories of a sparse index: what is below them isn't on disk
        paths.removeIf(path -> path.endsWith("/"));
        return paths;
    }

    private String entry() {
        int start = in.position();
        skip(STAT_LENGTH + hashLength);
        int flags = in.getShort();
        if (version > 2 && (flags & EXTENDED) != 0) {
            skip(Short.BYTES);
        }
        // in version 4 a name only says how it differs from the one before
        int kept = version == 4 ? name.length - dropped() : 0;
        if (kept < 0) {
            throw new BufferUnderflowException();
        }
        int end = in.position();
        while (in.get(end) != 0) {
            end++;
            if (end >= in.limit()) {
                throw new BufferUnderflowException();
            }
        }
        byte[] whole = Arrays.copyOf(name, kept + end - in.position());
        in.get(whole, kept, end - in.position());
        name = whole;
        skip(version == 4 ? 1 : ALIGNMENT - (end - start) % ALIGNMENT);
        return new String(name, StandardCharsets.UTF_8);
    }

    /** A number in base 128, most significant digit first, where every digit but the last counts one more. */
    private int dropped() {
        int read = in.get();
        int value = read & (CONTINUED - 1);
        while ((read & CONTINUED) != 0) {
            read = in.get();
            value = ((value + 1) << 7) | (read & (CONTINUED - 1));
        }
        return value;
    }

    /** An extension whose name starts in lower case has to be understood. */
    private void extension() throws IOException {
        byte[] kind = new byte[Integer.BYTES];
        in.get(kind);
        String called = new String(kind, StandardCharsets.US_ASCII);
        if (called.equals("link")) {
            throw new IOException("it is a split index; `git update-index --no-split-index` makes it whole");
        }
        if (!Character.isUpperCase(called.charAt(0)) && !called.equals("sdir")) {
            throw new IOException("it has the extension \"" + called + "\", which isn't known here");
        }
        skip(in.getInt());
    }

    private void skip(int count) {
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + count);
    }
}
