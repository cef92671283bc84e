package io.vaultmesh.spawn.manifest;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.spawn.tree.FileContent;

/**
 * What a manifest says about the archive of the files as they were generated. Immutable and thread-safe.
 *
 * @param sha256 the hash of the archive's bytes
 * @param size how many bytes it has
 */
public record ManifestBase(Hash sha256, long size) {

    /**
     * Creates an entry.
     *
     * @param sha256 the hash of the archive's bytes
     * @param size how many bytes it has
     * @throws IllegalArgumentException if the size is negative
     */
    public ManifestBase {
        requireNonNull(sha256, "sha256");
        if (size < 0) {
            throw new IllegalArgumentException("size of the base is " + size + ", expected at least 0");
        }
    }

    static ManifestBase of(FileContent archive) {
        return new ManifestBase(archive.hash(), archive.size());
    }
}
