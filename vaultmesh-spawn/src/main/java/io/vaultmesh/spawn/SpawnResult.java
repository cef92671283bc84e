package io.vaultmesh.spawn;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.spec.ServiceSpec;
import java.nio.file.Path;

/**
 * A service that was spawned. Immutable and thread-safe.
 *
 * @param spec what it was made from
 * @param directory where it lies
 * @param manifest what was generated
 * @param commit the id of its first commit, 40 lower-case hex digits
 */
public record SpawnResult(ServiceSpec spec, Path directory, Manifest manifest, String commit) {

    /**
     * Creates a result.
     *
     * @param spec what it was made from
     * @param directory where it lies
     * @param manifest what was generated
     * @param commit the id of its first commit
     */
    public SpawnResult {
        requireNonNull(spec, "spec");
        requireNonNull(directory, "directory");
        requireNonNull(manifest, "manifest");
        requireNonNull(commit, "commit");
    }
}
