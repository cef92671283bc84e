package io.vaultmesh.spawn.tree;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a file. Copied in and out; equal if the bytes are. Immutable and thread-safe.
 */
public final class FileContent {

    private final byte[] bytes;
    private final Hash hash;

    private FileContent(byte[] owned) {
        bytes = owned;
        hash = Hashing.sha256(owned);
    }

    /**
     * Content from its bytes.
     *
     * @param bytes the bytes; they are copied
     * @return the content
     */
    public static FileContent of(byte[] bytes) {
        return new FileContent(bytes.clone());
    }

    /**
     * The UTF-8 form of a text.
     *
     * @param text the text, written as it stands: no line ending is changed or added
     * @return the content
     * @throws IllegalArgumentException if the text contains half of a surrogate pair, which has no UTF-8 form
     */
    public static FileContent utf8(String text) {
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return new FileContent(bytes);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text contains half of a surrogate pair, expected Unicode text", e);
        }
    }

    /**
     * The bytes.
     *
     * @return a new array
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The content as a text.
     *
     * @return the text whose UTF-8 form these bytes are; U+FFFD stands for bytes that are no UTF-8
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The number of bytes.
     *
     * @return at least 0
     */
    public int size() {
        return bytes.length;
    }

    /**
     * The SHA-256 hash of the bytes.
     *
     * @return the hash
     */
    public Hash hash() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    /** The size and the hash. */
    @Override
    public String toString() {
        return bytes.length + " bytes, sha256 " + hash;
    }
}
