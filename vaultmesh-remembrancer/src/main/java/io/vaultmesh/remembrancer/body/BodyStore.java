package io.vaultmesh.remembrancer.body;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.LogStore;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The bodies of a namespace, as files named by their hash. Thread-safe. */
public final class BodyStore {

    private final LogStore files;

    /**
     * Opens a store.
     *
     * @param directory where the bodies are; created when the first one is put
     */
    public BodyStore(Path directory) {
        this.files = LogStore.directory(directory);
    }

    /** Two hex digits as a directory, so that none grows too large. */
    private static String path(Hash digest) {
        String hex = digest.toString();
        return hex.substring(0, 2) + "/" + hex;
    }

    /**
     * Keeps a body. It is durable when this returns; one that is already there is not written again.
     *
     * @param body the body
     */
    public void put(Body body) {
        files.writeIfAbsent(path(body.digest()), body.bytes());
    }

    /**
     * Reads a body.
     *
     * @param ref what a record says of it
     * @return its bytes, which have the hash that the record gives
     * @throws MemoryDamagedException if it is gone or changed
     */
    public byte[] read(BodyRef ref) {
        byte[] bytes = files.read(path(ref.digest()))
                .orElseThrow(() -> new MemoryDamagedException("body " + ref.digest() + " is missing"));
        compare(bytes, ref).reason().ifPresent(reason -> {
            throw new MemoryDamagedException(reason);
        });
        return bytes;
    }

    /**
     * The beginning of a body's text, for a search.
     *
     * @param ref what a record says of it
     * @param most how many bytes are read at most
     * @return the text; empty if the body is none, or is missing or damaged, which an audit finds
     */
    public Optional<String> text(BodyRef ref, int most) {
        return files.read(path(ref.digest()))
                .map(bytes -> new String(bytes, 0, Math.min(most, bytes.length), StandardCharsets.UTF_8));
    }

    /**
     * Whether a body is there, unchanged.
     *
     * @param ref what a record says of it
     * @return whether its bytes have that hash and size
     */
    public Verdict verify(BodyRef ref) {
        try {
            return files.read(path(ref.digest()))
                    .map(bytes -> compare(bytes, ref))
                    .orElseGet(() -> Verdict.refuted("body " + ref.digest() + " is missing"));
        } catch (UncheckedIOException unreadable) {
            return Verdict.refuted("body " + ref.digest() + ": " + unreadable.getMessage());
        }
    }

    private static Verdict compare(byte[] bytes, BodyRef ref) {
        Hash digest = Hashing.sha256(bytes);
        return digest.equals(ref.digest()) && bytes.length == ref.size()
                ? Verdict.proven()
                : Verdict.refuted("body has " + bytes.length + " bytes with hash " + digest + ", expected " + ref.size()
                        + " with hash " + ref.digest());
    }
}
