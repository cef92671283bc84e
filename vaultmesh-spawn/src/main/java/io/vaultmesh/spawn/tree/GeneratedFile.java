package io.vaultmesh.spawn.tree;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;

/**
 * One file of a tree. Immutable and thread-safe.
 *
 * @param path where it lies
 * @param content its bytes
 * @param executable whether it may be run; nothing else of a file's mode is kept, as in git
 * @param generator the id of the generator that made it
 */
public record GeneratedFile(RelativePath path, FileContent content, boolean executable, String generator) {

    /**
     * Creates a file.
     *
     * @param path where it lies
     * @param content its bytes
     * @param executable whether it may be run
     * @param generator the id of the generator that made it
     */
    public GeneratedFile {
        requireNonNull(path, "path");
        requireNonNull(content, "content");
        requireNonNull(generator, "generator");
    }

    /**
     * The SHA-256 hash of the content.
     *
     * @return the hash
     */
    public Hash hash() {
        return content.hash();
    }
}
