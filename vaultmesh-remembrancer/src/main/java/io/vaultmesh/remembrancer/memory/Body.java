package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A text or a file that belongs to a record and is kept beside the log, found by its hash.
 *
 * <p>A file is hashed when the body is made, and read again when it is kept; it is never held in memory. If it changes in
 * between, keeping it is refused. Immutable and thread-safe.
 */
public final class Body {

    /** The media type of Markdown (RFC 7763). */
    public static final String MARKDOWN = "text/markdown; charset=utf-8";

    /** The media type of text without any form. */
    public static final String TEXT = "text/plain; charset=utf-8";

    private final BodyRef ref;
    private final String name;
    private final Optional<Path> file;
    private final Source source;

    private Body(BodyRef ref, String name, Optional<Path> file, Source source) {
        this.ref = ref;
        this.name = name;
        this.file = file;
        this.source = source;
    }

    /** Where the bytes are. */
    private interface Source {
        InputStream open() throws IOException;
    }

    /**
     * A body of Markdown.
     *
     * @param text the text, kept as it is
     * @return the body
     * @throws IllegalArgumentException if the text has half a surrogate pair
     */
    public static Body markdown(String text) {
        return of(text, MARKDOWN, "md");
    }

    /**
     * A body of text without any form, such as a log.
     *
     * @param text the text, kept as it is
     * @return the body
     * @throws IllegalArgumentException if the text has half a surrogate pair
     */
    public static Body text(String text) {
        return of(text, TEXT, "txt");
    }

    private static Body of(String text, String mediaType, String extension) {
        return of(Texts.utf8("body", text), mediaType, extension);
    }

    /**
     * A body of a few bytes that are at hand, such as a signature.
     *
     * @param bytes the bytes, which are copied
     * @param mediaType what they are, for example {@code application/pgp-signature}
     * @param extension what its name among the statement's subjects ends in, for example {@code asc}
     * @return the body
     * @throws IllegalArgumentException if the media type is not one
     */
    public static Body bytes(byte[] bytes, String mediaType, String extension) {
        return of(bytes.clone(), mediaType, extension);
    }

    private static Body of(byte[] bytes, String mediaType, String extension) {
        BodyRef ref = new BodyRef(Hashing.sha256(bytes), bytes.length, mediaType);
        return new Body(ref, extension, Optional.empty(), () -> new ByteArrayInputStream(bytes));
    }

    /**
     * A file of any size. It is hashed now, as a stream, and must be the same when it is recorded.
     *
     * @param file the file
     * @param mediaType what it is, for example {@code application/gzip}
     * @return the body
     * @throws IllegalArgumentException if there is no such file, it is no regular one, or the media type is not one
     * @throws UncheckedIOException if it can't be read
     */
    public static Body file(Path file, String mediaType) {
        Path name = requireNonNull(file, "file").toAbsolutePath().getFileName();
        if (name == null || !Files.isRegularFile(file)) { // a pipe would be waited for, a device never end
            throw new IllegalArgumentException("body is " + file + ", expected a regular file that exists");
        }
        MessageDigest digest = Hashing.newSha256();
        try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
            long size = stream.transferTo(OutputStream.nullOutputStream());
            BodyRef ref = new BodyRef(Hash.of(digest.digest()), size, mediaType);
            return new Body(ref, name.toString(), Optional.of(file), () -> Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + " to hash it: " + e, e);
        }
    }

    /**
     * Opens the bytes. Those of a file are as they are now, and need not have the {@linkplain #digest() hash} any more.
     *
     * @return a stream, to be closed
     * @throws UncheckedIOException if the file can't be opened
     */
    public InputStream open() {
        try {
            return source.open();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + this + ": " + e, e);
        }
    }

    /**
     * What the bytes are.
     *
     * @return a media type
     */
    public String mediaType() {
        return ref.mediaType();
    }

    /**
     * The SHA-256 hash of the bytes.
     *
     * @return the hash
     */
    public Hash digest() {
        return ref.digest();
    }

    /**
     * How many bytes there are.
     *
     * @return the size
     */
    public long size() {
        return ref.size();
    }

    /**
     * What the record says of this body.
     *
     * @return digest, size and media type
     */
    public BodyRef ref() {
        return ref;
    }

    /** What the body is called among a statement's subjects: a file's name, or the kind of a text. */
    String subjectName(Kind kind) {
        return file.isPresent() ? name : kind.label() + "." + name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && ref.equals(body.ref) && name.equals(body.name);
    }

    @Override
    public int hashCode() {
        return ref.hashCode();
    }

    @Override
    public String toString() {
        return "body of " + size() + " bytes, " + digest() + ", from "
                + file.map(Path::toString).orElse("a text");
    }
}
