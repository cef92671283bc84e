package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.spawn.tree.FileContent;

/**
 * What a file holds at one time. Immutable and thread-safe.
 *
 * @param content its bytes
 * @param executable whether it may be run
 */
public record FileVersion(FileContent content, boolean executable) {

    /**
     * Creates a version.
     *
     * @param content its bytes
     * @param executable whether it may be run
     */
    public FileVersion {
        requireNonNull(content, "content");
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
