package io.vaultmesh.spawn;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileTree;

/**
 * What {@link Spawner#spawn} would write. A value: nothing has been touched. Immutable and thread-safe.
 *
 * @param spec what the service should be
 * @param files every file, the manifest among them
 * @param manifest what is said about every other file
 */
public record SpawnPlan(ServiceSpec spec, FileTree files, Manifest manifest) {

    /**
     * Creates a plan.
     *
     * @param spec what the service should be
     * @param files every file, the manifest among them
     * @param manifest what is said about every other file
     */
    public SpawnPlan {
        requireNonNull(spec, "spec");
        requireNonNull(files, "files");
        requireNonNull(manifest, "manifest");
    }
}
