package io.vaultmesh.spawn;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Report;
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
 * @param verification what was checked before it was written; without any check if the spawner verifies nothing, and
 *     then {@link Report#orThrow()} throws
 */
public record SpawnResult(ServiceSpec spec, Path directory, Manifest manifest, String commit, Report verification) {

    /**
     * Creates a result.
     *
     * @param spec what it was made from
     * @param directory where it lies
     * @param manifest what was generated
     * @param commit the id of its first commit
     * @param verification what was checked
     */
    public SpawnResult {
        requireNonNull(spec, "spec");
        requireNonNull(directory, "directory");
        requireNonNull(manifest, "manifest");
        requireNonNull(commit, "commit");
        requireNonNull(verification, "verification");
    }
}
