package io.vaultmesh.spawn.manifest;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;

/**
 * What a manifest says about one file. Immutable and thread-safe.
 *
 * @param path where it lies
 * @param sha256 the hash of its bytes
 * @param size how many bytes it has
 * @param executable whether it may be run
 * @param generator the id of the generator that made it
 */
public record ManifestFile(RelativePath path, Hash sha256, long size, boolean executable, String generator) {

    /**
     * Creates an entry.
     *
     * @param path where it lies
     * @param sha256 the hash of its bytes
     * @param size how many bytes it has
     * @param executable whether it may be run
     * @param generator the id of the generator that made it
     * @throws IllegalArgumentException if the size is negative
     */
    public ManifestFile {
        requireNonNull(path, "path");
        requireNonNull(sha256, "sha256");
        requireNonNull(generator, "generator");
        if (size < 0) {
            throw new IllegalArgumentException("size of " + path + " is " + size + ", expected at least 0");
        }
    }

    /**
     * What a manifest says about a generated file.
     *
     * @param file the file
     * @return the entry
     */
    public static ManifestFile of(GeneratedFile file) {
        return new ManifestFile(file.path(), file.hash(), file.content().size(), file.executable(), file.generator());
    }
}
